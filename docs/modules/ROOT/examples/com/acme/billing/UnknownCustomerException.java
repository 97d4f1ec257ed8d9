package com.acme.billing;

public class UnknownCustomerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownCustomerException(String customer) {
        super("no customer is called " + customer);
    }
}
