package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateIdPeekTest {

    private static String find(String json) {
        byte[] found = AggregateIdPeek.find(json.getBytes(UTF_8));
        return found == null ? null : new String(found, UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"aggregate_id\":\"a-1\"}",
            " { \"x\" : 1, \"aggregate_id\" : \"a-1\", \"y\": 2}",
            "{\"payload\":{\"aggregate_id\":\"other\",\"list\":[1,{\"a\":\",\"}]},\"aggregate_id\":\"a-1\"}",
            "{\"name\":\"aggregate_id\",\"aggregate_id\":\"a-1\"}",
            "{\"quoted\":\"\\\"aggregate_id\\\":\\\"no\\\"\",\"aggregate_id\":\"a-1\"}" })
    void whenTheObjectHasTheId_thenItIsFound(String json) {
        assertThat(find(json)).isEqualTo("a-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "[]", "plain text", "{", "{\"aggregate_id\"", "{\"aggregate_id\":", "{\"aggregate_id\":7}",
            "{\"aggregate_id\":\"\"}", "{\"aggregate_id\":\"unfinished", "{\"payload\":{\"aggregate_id\":\"a-1\"}}",
            "[{\"aggregate_id\":\"a-1\"}]", "{\"x\":\"aggregate_id\"}", "{\"aggregate_id\":\"a\\u0031\"}" })
    void whenItHasNoneOrNoPlainOne_thenNoneIsFound(String json) {
        assertThat(find(json)).isNull();
    }

    @Test
    void whenItStandsBehindTheBound_thenNoneIsFound() {
        assertThat(find("{\"x\":\"" + "y".repeat(5_000) + "\",\"aggregate_id\":\"a-1\"}")).isNull();
    }
}
