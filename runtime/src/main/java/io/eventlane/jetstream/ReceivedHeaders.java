package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventHeaders;
import io.eventlane.jetstream.HeaderLayout.Place;
import io.eventlane.jetstream.HeaderValue.Form;

/**
 * The headers of an event that a NATS message carries: what {@link WireHeaders} was given, also where somebody else has
 * written them. Never fails: what cannot be decoded is taken as it is. Not safe for several threads at once.
 */
final class ReceivedHeaders {

    private final HeaderBlock wire;
    private @Nullable List<Map.Entry<String, byte @Nullable []>> own;

    /** @param wire of the message */
    ReceivedHeaders(HeaderBlock wire) {
        this.wire = wire;
    }

    /** The key that the headers tell; {@code null} for none. */
    byte @Nullable [] key() {
        String key = wire.lastText(WireNames.KEY);
        if (key == null) {
            return value(EventHeaders.AGGREGATE_ID);
        }
        return key.equals(WireNames.NO_KEY) ? null : decoded(key);
    }

    /** Whether the headers say that there is no key, where they tell none. */
    boolean saysNoKey() {
        return wire.last(WireNames.KEY) != null;
    }

    private static byte[] decoded(String key) {
        try {
            return KeyToken.decode(key);
        } catch (IllegalArgumentException notOurs) {
            return key.getBytes(UTF_8);
        }
    }

    boolean isTombstone() {
        return wire.last(WireNames.TOMBSTONE) != null;
    }

    /** How the payload is compressed; {@code null} when it is not. */
    @Nullable
    String compression() {
        return wire.lastText(WireNames.COMPRESSION);
    }

    /** How many bytes the payload has without its compression, as the message says; {@code null} when it does not. */
    @Nullable
    String uncompressedLength() {
        return wire.lastText(WireNames.LENGTH);
    }

    /** The last header of that name, or {@code null}. */
    byte @Nullable [] value(String name) {
        if (own == null && wire.last(WireNames.LAYOUT) == null) {
            return WireNames.isReserved(name) ? null : wire.last(name);
        }
        List<Map.Entry<String, byte @Nullable []>> all = own();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).getKey().equals(name)) {
                return all.get(i).getValue();
            }
        }
        return null;
    }

    void forEach(BiConsumer<String, byte @Nullable []> action) {
        own().forEach(header -> action.accept(header.getKey(), header.getValue()));
    }

    private List<Map.Entry<String, byte @Nullable []>> own() {
        List<Map.Entry<String, byte @Nullable []>> known = own;
        if (known == null) {
            known = wire.count() == 0 ? List.of() : new Reading(wire).all();
            own = known;
        }
        return known;
    }

    private static final class Reading {

        private final HeaderBlock wire;
        private final boolean[] read;
        private final List<Map.Entry<String, byte @Nullable []>> own = new ArrayList<>();

        Reading(HeaderBlock wire) {
            this.wire = wire;
            this.read = new boolean[wire.count()];
        }

        /** Those of the layout, and then all that there are without one, or that somebody has added on the way. */
        List<Map.Entry<String, byte @Nullable []>> all() {
            places().forEach(this::read);
            for (int i = 0; i < read.length; i++) {
                String name = wire.name(i);
                if (!read[i] && !WireNames.isReserved(name)) {
                    own.add(new SimpleImmutableEntry<>(name, wire.value(i)));
                }
            }
            return own;
        }

        private List<Place> places() {
            String layout = wire.lastText(WireNames.LAYOUT);
            try {
                return layout == null ? List.of() : HeaderLayout.read(layout);
            } catch (IllegalArgumentException notOurs) {
                return List.of();
            }
        }

        private void read(Place place) {
            String name = place.wireName();
            for (int i = 0; i < read.length; i++) {
                if (!read[i] && wire.isNamed(i, name)) {
                    read[i] = true;
                    own.add(new SimpleImmutableEntry<>(place.name(), decoded(wire.value(i), place.form())));
                    return;
                }
            }
        }

        private static byte @Nullable [] decoded(byte[] value, Form form) {
            try {
                return HeaderValue.read(value, form);
            } catch (IllegalArgumentException notOurs) {
                return value;
            }
        }
    }
}
