/**
 * The demo: starts a broker and the packaged quickstart, sends it events, and has the journal checked.
 */
@NullMarked
package io.eventlane.demo;

import org.jspecify.annotations.NullMarked;
