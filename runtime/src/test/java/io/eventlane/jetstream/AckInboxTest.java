package io.eventlane.jetstream;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsServer;
import io.nats.client.Message;

@NeedsNats
@Timeout(60)
class AckInboxTest {

    @Test
    void whenTheDispatcherHasEndedBeforeItsConnection_thenAnswersArriveAllTheSame() {
        try (TestLink link = TestLink.to(NatsServer.shared())) {
            AckInbox inbox = AckInbox.of(link.link);
            Hearing channel = new Hearing();
            inbox.add(channel);
            await().until(() -> channel.replies != null);
            link.connection().publish(channel.replies.of(1, 1), null);
            await().until(() -> channel.heard.contains(1L));

            await().until(() -> {
                inbox.up(link.connection());
                link.connection().publish(channel.replies.of(2, 1), null);
                return channel.heard.contains(2L);
            });
        }
    }

    /** Its first answer ends the dispatcher. */
    private static final class Hearing implements AckInbox.Channel {

        private final List<Long> heard = new CopyOnWriteArrayList<>();
        private volatile ReplySubjects replies;

        @Override
        public void up(Session session, ReplySubjects to) {
            replies = to;
        }

        @Override
        public void down() {
        }

        @Override
        public void refused(String error) {
        }

        @Override
        public void answered(long number, int attempt, Message message) {
            if (number == 1) {
                Thread.currentThread().interrupt();
            }
            heard.add(number);
        }
    }
}
