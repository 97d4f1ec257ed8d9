/**
 * What an application or another extension may plug in, and the narrow doors between a connector and the rest.
 */
@NullMarked
package io.eventlane.spi;

import org.jspecify.annotations.NullMarked;
