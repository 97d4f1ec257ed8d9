package io.eventlane.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A member of a group in a process of its own, which can be frozen and killed. It writes a line for each start of a
 * handler, and ends when its standard input does. Records with the key {@code slow} never end.
 */
final class MemberMain {

    private MemberMain() {
    }

    /**
     * @param args servers, topic, how many milliseconds a handler takes, and the channel's attributes
     */
    public static void main(String[] args) throws Exception {
        long millis = Long.parseLong(args[2]);
        TestChannel channel = new TestChannel(args[0], args[1], (record, delivery) -> {
            String key = KafkaTestBroker.text(record.key());
            System.out.println(System.nanoTime() + " " + key + " " + KafkaTestBroker.text(record.payload()));
            if (key.equals("slow")) {
                new CountDownLatch(1).await();
            }
            Thread.sleep(millis);
        }).commitInterval(Duration.ofMillis(500));
        for (int i = 3; i < args.length; i++) {
            String[] attribute = args[i].split("=", 2);
            channel.attribute(attribute[0], attribute[1]);
        }
        channel.start();
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(0);
    }
}
