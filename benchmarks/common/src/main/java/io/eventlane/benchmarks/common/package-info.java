/** What the comparisons on real brokers share: records, their order check, the stopwatch, processes, and the table. */
@NullMarked
package io.eventlane.benchmarks.common;

import org.jspecify.annotations.NullMarked;
