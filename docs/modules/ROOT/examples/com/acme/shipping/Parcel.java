package com.acme.shipping;

public record Parcel(String order, int number) {
}
