package com.acme.publishing;

public record Money(long cents, String currency) {
}
