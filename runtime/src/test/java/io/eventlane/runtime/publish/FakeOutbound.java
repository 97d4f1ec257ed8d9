package io.eventlane.runtime.publish;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.eventlane.Position;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

/** An outbound whose broker is the test. */
public final class FakeOutbound implements Outbound {

    public final List<OutboundRecord> sent = new CopyOnWriteArrayList<>();
    public final List<OutboundRecord> tried = new CopyOnWriteArrayList<>();
    public volatile Function<OutboundRecord, CompletionStage<Position>> broker = record -> acknowledged(sent.size() - 1);
    public volatile boolean closed;

    public static CompletionStage<Position> acknowledged(long offset) {
        return CompletableFuture.completedFuture(new Position("topic", 0, offset));
    }

    public static CompletionStage<Position> failed(Reason reason, Status status) {
        return CompletableFuture.failedFuture(new OutboundException(reason, status, "the broker says no", null));
    }

    @Override
    public CompletionStage<Position> send(OutboundRecord record) {
        sent.add(record);
        return broker.apply(record);
    }

    @Override
    public CompletionStage<Position> trySend(OutboundRecord record) {
        tried.add(record);
        return broker.apply(record);
    }

    @Override
    public void close(Duration deadline) {
        closed = true;
    }
}
