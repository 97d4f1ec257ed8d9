/**
 * The connector without a broker: topics that live in this process, from the start of the application to its end. Everything
 * else is as with the other connectors.
 */
@NullMarked
package io.eventlane.memory;

import org.jspecify.annotations.NullMarked;
