/**
 * A record of everything that happened to events, from which somebody who knows nothing of Eventlane computes what was
 * lost, doubled or out of order: {@link io.eventlane.journal.JournalFile} is written by the application,
 * {@link io.eventlane.journal.JournalReader} reads it, {@link io.eventlane.journal.KeyHistory} judges one key.
 */
@NullMarked
package io.eventlane.journal;

import org.jspecify.annotations.NullMarked;
