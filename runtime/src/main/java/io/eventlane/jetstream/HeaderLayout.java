package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.eventlane.jetstream.HeaderValue.Form;

/**
 * What a NATS message does not say of an event's headers: names that no header of NATS can have, and how values are written. It
 * is a header itself: for each header of the event its name as a {@link KeyToken} and the sign of its form, separated by
 * commas.
 * The values stand under the names, those of one name in their order.
 */
final class HeaderLayout {

    private static final String SEPARATOR = ",";

    /** One header of the event. */
    record Place(String name, Form form) {

        private static Place read(String text) {
            Form form = Arrays.stream(Form.values()).filter(each -> each != Form.PLAIN && text.endsWith(each.sign)).findAny()
                    .orElse(Form.PLAIN);
            String name = text.substring(0, text.length() - form.sign.length());
            return new Place(new String(KeyToken.decode(name), UTF_8), form);
        }

        /** The header of the message that has the value. */
        String wireName() {
            return WireNames.isOwn(name) ? name : WireNames.OTHER;
        }

        @Override
        public String toString() {
            return KeyToken.encode(name.getBytes(UTF_8)) + form.sign;
        }
    }

    private HeaderLayout() {
    }

    static String write(List<Place> places) {
        return String.join(SEPARATOR, places.stream().map(Place::toString).toList());
    }

    /** @throws IllegalArgumentException when the text is not what {@link #write} makes */
    static List<Place> read(String text) {
        List<Place> places = new ArrayList<>();
        for (String place : text.split(SEPARATOR, -1)) {
            places.add(Place.read(place));
        }
        return places;
    }
}
