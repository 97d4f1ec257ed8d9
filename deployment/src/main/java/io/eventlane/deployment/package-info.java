/**
 * What happens while the application is built: handlers are discovered, validated, and baked into generated classes.
 */
@NullMarked
package io.eventlane.deployment;

import org.jspecify.annotations.NullMarked;
