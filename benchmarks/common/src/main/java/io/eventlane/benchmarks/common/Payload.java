package io.eventlane.benchmarks.common;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What a record carries: three numbers, and padding. */
public final class Payload {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int NUMBER = 0;
    private static final int KEY = 4;
    private static final int SEQUENCE = 8;

    private Payload() {
    }

    /**
     * @param length in bytes, at least 12
     * @param number of the record among all of its topic, from 0
     * @param key of the record, from 0
     * @param sequence of the record among those of its key, from 0
     */
    public static byte[] of(int length, int number, int key, int sequence) {
        byte[] payload = new byte[length];
        INT.set(payload, NUMBER, number);
        INT.set(payload, KEY, key);
        INT.set(payload, SEQUENCE, sequence);
        return payload;
    }

    public static int number(byte[] payload) {
        return (int) INT.get(payload, NUMBER);
    }

    public static int key(byte[] payload) {
        return (int) INT.get(payload, KEY);
    }

    public static int sequence(byte[] payload) {
        return (int) INT.get(payload, SEQUENCE);
    }
}
