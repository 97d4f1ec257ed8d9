/**
 * The connector to NATS JetStream. {@link io.eventlane.jetstream.JetStreamConnector} holds it together. Its parts, each with
 * the
 * class to begin with:
 * <ul>
 * <li>the one connection: {@link io.eventlane.jetstream.NatsLink};
 * <li>streams, looked for and made once: {@link io.eventlane.jetstream.Streams};
 * <li>consuming: {@link io.eventlane.jetstream.JetStreamSource}, whose thread runs one {@link io.eventlane.jetstream.Intake}
 * for
 * each consumer, and {@link io.eventlane.jetstream.EphemeralSource};
 * <li>who of several instances has which partitions: {@link io.eventlane.jetstream.GroupKeeper};
 * <li>publishing: {@link io.eventlane.jetstream.JetStreamOutbound}, {@link io.eventlane.jetstream.Recovery} after a trouble,
 * and
 * {@link io.eventlane.jetstream.EphemeralOutbound};
 * <li>events as messages and back: {@link io.eventlane.jetstream.WireForm}, {@link io.eventlane.jetstream.ReceivedMessage};
 * <li>dead letters sent back: {@link io.eventlane.jetstream.JetStreamDeadLetterReplay}.
 * </ul>
 */
@NullMarked
package io.eventlane.jetstream;

import org.jspecify.annotations.NullMarked;
