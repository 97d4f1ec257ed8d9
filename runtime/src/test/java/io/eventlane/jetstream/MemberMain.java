package io.eventlane.jetstream;

import java.time.Duration;

/**
 * An instance in a process of its own, which can be frozen and killed. It writes a line for each start of a handler, and
 * ends when its standard input does.
 */
final class MemberMain {

    private MemberMain() {
    }

    /**
     * @param args the server's address, topic, how many milliseconds a handler takes, how many partitions the topic has, and
     *        how many seconds the session may last
     */
    public static void main(String[] args) throws Exception {
        long millis = Long.parseLong(args[2]);
        TestIncoming channel = new TestIncoming(args[0], args[1], (record, delivery) -> {
            System.out.println(System.nanoTime() + " " + TestNats.text(record.key()) + " " + TestNats.text(record.payload()));
            Thread.sleep(millis);
        });
        int partitions = Integer.parseInt(args[3]);
        if (partitions > 1) {
            channel.spec(TestNats.partitioned(args[1], partitions));
        }
        channel.sessionTimeout(Duration.ofSeconds(Long.parseLong(args[4])));
        channel.start();
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(0);
    }
}
