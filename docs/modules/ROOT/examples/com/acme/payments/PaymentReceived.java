package com.acme.payments;

import java.math.BigDecimal;

public record PaymentReceived(BigDecimal amount) {
}
