package io.eventlane.deployment;

/** The rules of handlers and publishers. The id stands in every message about a broken one and never changes its meaning. */
enum Rule {

    AMBIGUOUS_HANDLERS("EVL001"),
    UNSUPPORTED_PARAMETER("EVL002"),
    SEVERAL_PAYLOADS("EVL003"),
    INACCESSIBLE_HANDLER("EVL004"),
    UNSUPPORTED_RETURN_TYPE("EVL005"),
    BLANK_NAME("EVL006"),
    NO_BEAN("EVL007"),
    PARTLY_CLAIMED("EVL008"),
    UNKNOWN_CONNECTOR("EVL009"),
    UNDECIDED_CONNECTOR("EVL010"),
    MISPLACED_ANNOTATION("EVL011"),
    INVALID_PUBLISHER("EVL012"),
    UNRESOLVED_TYPE("EVL013"),
    CONTRADICTING_ACKNOWLEDGMENT("EVL014");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
