package com.acme.payments;

import java.math.BigDecimal;

public record PaymentRefunded(BigDecimal amount, String reason) {
}
