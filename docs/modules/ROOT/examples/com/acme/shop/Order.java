package com.acme.shop;

public record Order(String id, String customer, int items) {
}
