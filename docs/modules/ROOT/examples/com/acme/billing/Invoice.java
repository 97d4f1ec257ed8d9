package com.acme.billing;

public record Invoice(String customer, long cents) {
}
