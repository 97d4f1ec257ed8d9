package io.eventlane.it.shutdown;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.Event;
import io.eventlane.EventBus;
import io.eventlane.Key;
import io.quarkus.runtime.StartupEvent;

/** Takes its time, and only then needs the datasource and the bus. */
@Singleton
class OrderHandlers {

    private final DataSource orders;
    private final EventBus bus;
    private final Journal journal;

    OrderHandlers(DataSource orders, EventBus bus, Journal journal) {
        this.orders = orders;
        this.bus = bus;
        this.journal = journal;
    }

    void createTable(@Observes StartupEvent event) throws SQLException {
        try (Connection connection = orders.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id varchar primary key)");
        }
    }

    @Incoming("orders")
    void placed(Event<String> order, @Key String key) throws Exception {
        journal.write("start " + order.position());
        try {
            journal.awaitRelease(order.position());
            Thread.sleep(10);
            insert(order.payload());
            bus.publish("confirmations", key, order.payload()).toCompletableFuture().join();
            journal.write("end " + order.position());
        } catch (Exception | Error e) {
            journal.write("failed " + order.position() + " " + e);
            throw e;
        }
    }

    private void insert(String id) throws SQLException {
        try (Connection connection = orders.getConnection();
                PreparedStatement statement = connection.prepareStatement("insert into orders values (?)")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }
}
