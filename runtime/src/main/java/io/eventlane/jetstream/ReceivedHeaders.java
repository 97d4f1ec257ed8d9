package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventHeaders;
import io.eventlane.jetstream.HeaderLayout.Place;
import io.eventlane.jetstream.HeaderValue.Form;
import io.nats.client.impl.Headers;

/**
 * The headers of an event that a NATS message carries: what {@link WireHeaders} was given, also where somebody else has
 * written them. Never fails: what cannot be decoded is taken as it is. Not safe for several threads at once.
 */
final class ReceivedHeaders {

    private final @Nullable Headers wire;
    private @Nullable List<Map.Entry<String, byte @Nullable []>> own;

    /** @param wire of the message; {@code null} when it has none */
    ReceivedHeaders(@Nullable Headers wire) {
        this.wire = wire;
    }

    /** The key that the headers tell; {@code null} for none. */
    byte @Nullable [] key() {
        String key = last(WireNames.KEY);
        if (key == null) {
            return value(EventHeaders.AGGREGATE_ID);
        }
        return key.equals(WireNames.NO_KEY) ? null : decoded(key);
    }

    /** Whether the headers say what the key is, or that there is none. */
    boolean saysKey() {
        return last(WireNames.KEY) != null || value(EventHeaders.AGGREGATE_ID) != null;
    }

    private static byte[] decoded(String key) {
        try {
            return KeyToken.decode(key);
        } catch (IllegalArgumentException notOurs) {
            return key.getBytes(UTF_8);
        }
    }

    boolean isTombstone() {
        return last(WireNames.TOMBSTONE) != null;
    }

    /** How the payload is compressed; {@code null} when it is not. */
    @Nullable
    String compression() {
        return last(WireNames.COMPRESSION);
    }

    /** How many bytes the payload has without its compression, as the message says; {@code null} when it does not. */
    @Nullable
    String uncompressedLength() {
        return last(WireNames.LENGTH);
    }

    /** The last header of that name, or {@code null}. */
    byte @Nullable [] value(String name) {
        if (own == null && last(WireNames.LAYOUT) == null) {
            String value = WireNames.isReserved(name) ? null : last(name);
            return value == null ? null : value.getBytes(UTF_8);
        }
        List<Map.Entry<String, byte @Nullable []>> all = own();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).getKey().equals(name)) {
                return all.get(i).getValue();
            }
        }
        return null;
    }

    void forEach(BiConsumer<String, byte @Nullable []> action) {
        own().forEach(header -> action.accept(header.getKey(), header.getValue()));
    }

    private @Nullable String last(String name) {
        return wire == null ? null : wire.getLast(name);
    }

    private List<Map.Entry<String, byte @Nullable []>> own() {
        List<Map.Entry<String, byte @Nullable []>> known = own;
        if (known == null) {
            known = wire == null || wire.isEmpty() ? List.of() : new Reading(wire).all();
            own = known;
        }
        return known;
    }

    private static final class Reading {

        private final Headers wire;
        private final Map<String, Integer> read = new HashMap<>();
        private final List<Map.Entry<String, byte @Nullable []>> own = new ArrayList<>();

        Reading(Headers wire) {
            this.wire = wire;
        }

        List<Map.Entry<String, byte @Nullable []>> all() {
            places().forEach(this::read);
            // All of them where there is no layout; otherwise what somebody has added on the way.
            TreeSet<String> names = new TreeSet<>(WireNames.USUAL_ORDER);
            names.addAll(wire.keySet());
            names.removeIf(WireNames::isReserved);
            for (String name : names) {
                while (read(new Place(name, Form.PLAIN))) {
                    // until there is none of that name left
                }
            }
            return own;
        }

        private List<Place> places() {
            String layout = wire.getLast(WireNames.LAYOUT);
            try {
                return layout == null ? List.of() : HeaderLayout.read(layout);
            } catch (IllegalArgumentException notOurs) {
                return List.of();
            }
        }

        /** @return whether there was a value left for it */
        private boolean read(Place place) {
            List<String> values = wire.get(place.wireName());
            int next = read.getOrDefault(place.wireName(), 0);
            if (values == null || next >= values.size()) {
                return false;
            }
            read.put(place.wireName(), next + 1);
            own.add(new SimpleImmutableEntry<>(place.name(), decoded(values.get(next), place.form())));
            return true;
        }

        private static byte @Nullable [] decoded(String value, Form form) {
            try {
                return HeaderValue.read(value, form);
            } catch (IllegalArgumentException notOurs) {
                return value.getBytes(UTF_8);
            }
        }
    }
}
