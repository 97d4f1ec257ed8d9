package io.eventlane.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import com.acme.billing.Billing;
import com.acme.billing.Invoice;
import com.acme.payments.Accounts;
import com.acme.payments.PaymentReceived;
import com.acme.payments.PaymentRefunded;
import com.acme.payments.Settlements;
import com.acme.publishing.Audit;
import com.acme.publishing.Checkout;
import com.acme.publishing.Money;
import com.acme.publishing.Till;
import com.acme.shipping.ShippingHandlers;
import com.acme.shop.Order;
import com.acme.shop.Warehouse;

import io.eventlane.Envelope;
import io.eventlane.EventBus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

/** Does what the pages say with the examples that they show. */
@QuarkusTest
@QuarkusTestResource(Broker.class)
class ExamplesTest {

    private static final PaymentReceived TEN = new PaymentReceived(BigDecimal.TEN);

    @Inject
    EventBus bus;

    @Inject
    Warehouse warehouse;

    @Inject
    Accounts accounts;

    @Inject
    Settlements settlements;

    @Inject
    ShippingHandlers shipping;

    @Inject
    Billing billing;

    @Inject
    Checkout checkout;

    @Inject
    Audit audit;

    @Inject
    Till till;

    @Test
    void whenAnOrderIsPosted_thenItsHandlerHasIt() {
        Order order = new Order("order-1", "Ada", 3);
        String eventId = given().contentType(ContentType.JSON).body(order).post("/orders").then().statusCode(200)
                .extract().asString();

        assertThat(eventId).isNotBlank();
        awaitContaining(warehouse::reserved, order);
    }

    @Test
    void whenEventsHaveTypes_thenEachGoesToTheHandlerOfItsType() {
        checkout.paid("account-1", TEN);
        bus.publish("payments", Envelope.of("account-2", "payment.refunded", 1, new PaymentRefunded(BigDecimal.ONE, "late")));
        bus.publish("payments", Envelope.of("account-3", "payment.disputed", 1, TEN));

        awaitContaining(accounts::bookings, "account-1 received 10", "account-2 refunded 1",
                "account-3 ignored payment.disputed");
    }

    @Test
    void whenAHandlerTakesKeyHeaderAndEvent_thenItIsGivenThem() {
        bus.publish("bookings", "account-4", TEN);

        awaitContaining(accounts::bookings, "account-4 10 null, attempt 1");
    }

    @Test
    void whenAHandlerTakesTheBrokersRecord_thenItIsGivenIt() {
        bus.publish("raw-bookings", "account-5", "abc");

        awaitContaining(accounts::bookings, "raw-bookings 3");
    }

    @Test
    void whenAHandlerIsTransactionalAsynchronousOrNonBlocking_thenItRuns() {
        bus.publish("transfers", "account-6", TEN);
        bus.publish("remote-bookings", "account-6", TEN);
        bus.publish("reactive-bookings", "account-6", TEN);
        bus.publish("counts", "account-6", 7);

        awaitContaining(accounts::bookings, "account-6 transferred 10", "account-6 booked 10", "account-6 noted 10",
                "account-6 seen 7");
    }

    @Test
    void whenAHandlerAcknowledgesByHand_thenTheNextEventOfItsKeyWaitsForThat() {
        bus.publish("settlements", "account-8", TEN);
        bus.publish("settlements", "account-8", new PaymentReceived(BigDecimal.ONE));

        answerSettlement("account-8", false);
        answerSettlement("account-8", true);
        answerSettlement("account-8", true);

        assertThat(accounts.bookings()).filteredOn(booking -> booking.startsWith("account-8"))
                .containsExactly("account-8 settled 10", "account-8 settled 1");
    }

    private void answerSettlement(String account, boolean accepted) {
        await().atMost(Duration.ofSeconds(30)).until(() -> settlements.isOpen(account));
        settlements.onAnswer(account, accepted);
    }

    @Test
    void whenAHandlerReturnsEvents_thenTheyArePublished() {
        bus.publish("packed-orders", "order-2", new Order("order-2", "Grace", 1));
        bus.publish("large-orders", "order-3", new Order("order-3", "Alan", 2));

        awaitContaining(shipping::labels, "to Grace", "order-3/0", "order-3/1");
    }

    @Test
    void whenAPublicationIsAcknowledged_thenCallerAndListenerHaveItsReceipt() {
        assertThat(checkout.paidForSure("account-7", TEN)).isTrue();

        awaitContaining(() -> audit.receipts().stream().map(receipt -> receipt.aggregateId()).toList(), "account-7");
    }

    @Test
    void whenTheApplicationHasACodec_thenItIsUsedBothWays() {
        checkout.forward("tills", "till-1", new Money(250, "EUR"));

        awaitContaining(till::taken, new Money(250, "EUR"));
    }

    @Test
    void whenAnInvoiceFailsForGood_thenItAndTheNextOfItsKeyAreBookedByAReplay() {
        billing.forget("Ada");
        bus.publish("invoices", "invoice-1", new Invoice("Ada", 100)).toCompletableFuture().join();
        bus.publish("invoices", "invoice-1", new Invoice("Grace", 200)).toCompletableFuture().join();
        await().atMost(Duration.ofSeconds(30)).until(() -> given().get("/dead-invoices/quarantined").asString()
                .contains("invoice-1"));

        given().post("/dead-invoices/replay/java.io.IOException").then().statusCode(200).body("sentBack", equalTo(0));
        billing.register("Ada");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            given().post("/dead-invoices/replay").then().statusCode(200);
            return billing.booked().containsAll(List.of("invoice-1 100", "invoice-1 200"));
        });

        assertThat(billing.booked()).containsSubsequence("invoice-1 100", "invoice-1 200");
        assertThat(given().delete("/dead-invoices/quarantined/invoice-1").asString()).isEqualTo("false");
    }

    @Test
    void whenTheApplicationDecidesAboutFailures_thenAnEventCanBeLeftOut() {
        billing.forget("Alan");
        bus.publish("reminders", "invoice-2", new Invoice("Alan", 1));
        bus.publish("reminders", "invoice-2", new Invoice("Grace", 1));

        awaitContaining(billing::booked, "invoice-2 reminded");
    }

    @SafeVarargs
    private static <T> void awaitContaining(Supplier<? extends Collection<T>> actual, T... expected) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(actual.get()).contains(expected));
    }
}
