package io.eventlane.quickstart;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

/** The outside world, which answers after some milliseconds. A virtual thread that waits for it costs next to nothing. */
@ApplicationScoped
class Partners {

    void reserveStock(OrderPlaced order) throws InterruptedException {
        await(order.items() > 1 ? 4 : 2);
    }

    void bookPayment(OrderPaid payment) throws InterruptedException {
        await(payment.amount().signum() > 0 ? 4 : 1);
    }

    String trackingCode(OrderShipped shipment) throws InterruptedException {
        await(2);
        return shipment.carrier() + "-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
    }

    void send(Notification notification) throws InterruptedException {
        await(notification.text().isEmpty() ? 0 : 1);
    }

    private static void await(int milliseconds) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(milliseconds));
    }
}
