package io.eventlane.kafka;

import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTIONAL_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The settings of a channel's producer. From the weakest to the strongest: our defaults, the application's
 * {@code kafka.*} properties, the channel's attributes, and what acknowledgement and order rest on.
 *
 * @param values what the producer is created with
 * @param maxBlock the {@code max.block.ms} as configured: how long a record may wait for its topic's metadata or for
 *        the producer's memory. The producer itself gets 0, because its own way of waiting is to block the caller
 * @param problems what is wrong with them
 */
record ProducerSettings(Map<String, Object> values, Duration maxBlock, List<String> problems) {

    private static final Map<String, String> OWNED = Map.of(
            ACKS_CONFIG, "it is always all: an event counts as published when every in-sync replica has it",
            ENABLE_IDEMPOTENCE_CONFIG, "it is always true: the order of a key rests on it",
            TRANSACTIONAL_ID_CONFIG, "events are not published in Kafka transactions",
            KEY_SERIALIZER_CLASS_CONFIG, "keys are sent as bytes",
            VALUE_SERIALIZER_CLASS_CONFIG, "payloads are encoded by the channel's codec");

    static ProducerSettings of(Map<String, Object> defaults, KafkaOutgoing channel, Set<String> channelNames) {
        ClientAttributes given = ClientAttributes.of(channel.attributes(), ProducerConfig.configNames(), channelNames, OWNED,
                channel::property);
        List<String> problems = new ArrayList<>(given.problems());
        Map<String, Object> values = new TreeMap<>();
        values.put(BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        values.put(COMPRESSION_TYPE_CONFIG, "lz4");
        values.putAll(defaults);
        values.remove(TRANSACTIONAL_ID_CONFIG);
        values.putAll(given.settings());
        Duration maxBlock = maxBlock(channel, values, problems);
        values.put(MAX_BLOCK_MS_CONFIG, "0");
        values.put(ACKS_CONFIG, "all");
        values.put(ENABLE_IDEMPOTENCE_CONFIG, "true");
        values.put(KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        values.put(VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return new ProducerSettings(values, maxBlock, problems);
    }

    String servers() {
        return String.valueOf(values.get(BOOTSTRAP_SERVERS_CONFIG));
    }

    private static Duration maxBlock(KafkaOutgoing channel, Map<String, Object> values, List<String> problems) {
        Object written = values.getOrDefault(MAX_BLOCK_MS_CONFIG,
                ProducerConfig.configDef().defaultValues().get(MAX_BLOCK_MS_CONFIG));
        try {
            return Duration.ofMillis(Long.parseLong(String.valueOf(written).strip()));
        } catch (NumberFormatException e) {
            problems.add("%s must be a number of milliseconds, but is '%s'".formatted(
                    channel.property(MAX_BLOCK_MS_CONFIG), written));
            return Duration.ZERO;
        }
    }
}
