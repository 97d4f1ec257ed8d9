package io.eventlane;

/** The headers that carry an envelope's fields, the same on every broker. */
public final class EventHeaders {

    public static final String EVENT_ID = "X-Event-ID";
    public static final String AGGREGATE_ID = "X-Aggregate-ID";
    public static final String EVENT_TYPE = "X-Event-Type";
    public static final String EVENT_VERSION = "X-Event-Version";
    /** ISO-8601, UTC. */
    public static final String TIMESTAMP = "X-Timestamp";
    public static final String TRACE_ID = "X-Trace-ID";
    public static final String CORRELATION_ID = "X-Correlation-ID";
    public static final String TENANT_ID = "X-Tenant-ID";

    private EventHeaders() {
    }
}
