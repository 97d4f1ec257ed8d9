package com.acme.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Type;

import jakarta.enterprise.context.ApplicationScoped;

import io.eventlane.spi.Codec;

@ApplicationScoped
class MoneyCodec implements Codec<Money> {

    @Override
    public boolean supports(Type type) {
        return type == Money.class;
    }

    @Override
    public byte[] encode(Money money) {
        return (money.cents() + " " + money.currency()).getBytes(UTF_8);
    }

    @Override
    public Money decode(byte[] data, Type type) {
        String[] parts = new String(data, UTF_8).split(" ");
        return new Money(Long.parseLong(parts[0]), parts[1]);
    }
}
