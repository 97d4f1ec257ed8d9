package io.eventlane.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

class HealthChecksTest {

    private static final Instant SINCE = Instant.parse("2026-01-31T12:00:00.125426867Z");
    private static final String PARKED = "parked: key 'order-17' at orders-0@5";

    private final FakeStatuses statuses = new FakeStatuses();
    private final HealthCheck liveness = new EventlaneLivenessCheck(statuses);
    private final HealthCheck readiness = new EventlaneReadinessCheck(statuses);
    private final HealthCheck startup = new EventlaneStartupCheck(statuses);

    @ParameterizedTest
    @CsvSource({
            "           , UP  , UP  , UP",
            "NOT_STARTED, UP  , DOWN, DOWN",
            "NOT_READY  , UP  , DOWN, UP",
            "DEAD       , DOWN, DOWN, UP",
    })
    void whenAChannelIsInTrouble_thenTheChecksThatMindItAreDown(Severity trouble, Status live, Status ready, Status started) {
        statuses.channel("payments");
        statuses.channel("orders", trouble == null ? new Trouble[0] : new Trouble[] { new Trouble(trouble, PARKED, SINCE) });

        assertThat(liveness.call().getStatus()).isEqualTo(live);
        assertThat(readiness.call().getStatus()).isEqualTo(ready);
        assertThat(startup.call().getStatus()).isEqualTo(started);
    }

    @Test
    void whenAChannelIsInTrouble_thenItsEntryTellsWhatAndSinceWhen() {
        statuses.channel("payments");
        statuses.channel("orders", new Trouble(Severity.NOT_READY, PARKED, SINCE),
                new Trouble(Severity.DEAD, "the consumer is gone", SINCE.plusSeconds(60)));

        assertThat(data(readiness.call())).isEqualTo(Map.of(
                "payments", "[UP]",
                "orders", "[DOWN] since 2026-01-31T12:00:00.125Z: parked: key 'order-17' at orders-0@5"
                        + "; since 2026-01-31T12:01:00.125Z: the consumer is gone"));
        assertThat(data(liveness.call())).isEqualTo(Map.of(
                "payments", "[UP]",
                "orders", "[DOWN] since 2026-01-31T12:01:00.125Z: the consumer is gone"));
        assertThat(data(startup.call())).isEqualTo(Map.of("payments", "[UP]", "orders", "[UP]"));
    }

    @Test
    void whenThereAreFacts_thenReadinessTellsThem() {
        statuses.channels.add(new ChannelStatus("orders", "kafka",
                Map.of("partitions", 4, "lag", 3_000_000_000L, "paused", true, "load", 0.5, "group", "shop"), List.of()));

        assertThat(data(readiness.call())).isEqualTo(Map.of("orders", "[UP]", "orders.partitions", 4L,
                "orders.lag", 3_000_000_000L, "orders.paused", true, "orders.load", "0.5", "orders.group", "shop"));
        assertThat(data(liveness.call())).containsOnlyKeys("orders");
        assertThat(data(startup.call())).containsOnlyKeys("orders");
    }

    @Test
    void whenNoChannelWasStarted_thenAllAreUpAndTellNothing() {
        for (HealthCheck check : List.of(liveness, readiness, startup)) {
            assertThat(check.call().getStatus()).isEqualTo(Status.UP);
            assertThat(check.call().getData()).isEmpty();
        }
    }

    @Test
    void whenTheApplicationShutsDown_thenReadinessAloneIsDown() {
        statuses.stoppingSince = SINCE;
        statuses.channel("orders", new Trouble(Severity.DEAD, "the consumer is gone", SINCE));

        assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(liveness.call().getStatus()).isEqualTo(Status.UP);
        assertThat(startup.call().getStatus()).isEqualTo(Status.UP);
        assertThat(data(readiness.call())).isEqualTo(Map.of("eventlane", "shutting down since 2026-01-31T12:00:00.125Z"));
    }

    @Test
    void whenEventlaneIsSwitchedOff_thenAllAreUpAndSaySo() {
        statuses.enabled = false;
        statuses.stoppingSince = SINCE;

        for (HealthCheck check : List.of(liveness, readiness, startup)) {
            assertThat(check.call().getStatus()).isEqualTo(Status.UP);
            assertThat(data(check.call())).isEqualTo(Map.of("eventlane", "switched off: quarkus.eventlane.enabled=false"));
        }
    }

    @Test
    void whenChecksAreListed_thenTheirNamesTellThemApart() {
        assertThat(liveness.call().getName()).isEqualTo("Eventlane - liveness check");
        assertThat(readiness.call().getName()).isEqualTo("Eventlane - readiness check");
        assertThat(startup.call().getName()).isEqualTo("Eventlane - startup check");
    }

    private static Map<String, Object> data(HealthCheckResponse response) {
        return response.getData().orElseThrow();
    }

    private static final class FakeStatuses implements ChannelStatuses {

        private final List<ChannelStatus> channels = new ArrayList<>();
        private boolean enabled = true;
        private Instant stoppingSince;

        void channel(String name, Trouble... troubles) {
            channels.add(new ChannelStatus(name, "kafka", Map.of(), List.of(troubles)));
        }

        @Override
        public boolean isEnabled() {
            return enabled;
        }

        @Override
        public Instant stoppingSince() {
            return stoppingSince;
        }

        @Override
        public List<ChannelStatus> channels() {
            return channels;
        }
    }
}
