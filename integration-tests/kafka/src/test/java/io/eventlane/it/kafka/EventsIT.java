package io.eventlane.it.kafka;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same on the packaged application: the jar, or the native executable in a build with {@code -Pnative}. */
@QuarkusIntegrationTest
class EventsIT extends EventsTest {
}
