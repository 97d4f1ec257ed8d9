package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.Position;
import io.nats.client.impl.NatsMessage;

class AnswerReaderTest {

    private final AnswerReader reader = new AnswerReader();

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"stream\":\"orders\",\"seq\":1234567890123}",
            "{\"stream\":\"orders\", \"seq\":1234567890123}",
            "{\"stream\":\"orders\", \"seq\": 1234567890123,\"duplicate\": true}",
            "{\"stream\":\"orders\",\"seq\":1234567890123,\"domain\":\"hub\"}",
            "{\"domain\":\"hub\",\"seq\":1234567890123,\"stream\":\"orders\"}",
            "{ \"stream\" : \"orders\" , \"seq\" : 1234567890123 }" })
    void whenStored_thenThePositionIsRead(String json) {
        assertThat(read(json)).isEqualTo(new Answer.Stored(new Position("orders", 0, 1234567890123L)));
    }

    @Test
    void whenNamesChange_thenEachIsReadAsItIs() {
        assertThat(read("{\"stream\":\"a\",\"seq\":1}")).isEqualTo(new Answer.Stored(new Position("a", 0, 1)));
        assertThat(read("{\"stream\":\"ab\",\"seq\":2}")).isEqualTo(new Answer.Stored(new Position("ab", 0, 2)));
        assertThat(read("{\"stream\":\"größe\",\"seq\":3}")).isEqualTo(new Answer.Stored(new Position("größe", 0, 3)));
        assertThat(read("{\"stream\":\"a\\\"b\",\"seq\":4}")).isEqualTo(new Answer.Stored(new Position("a\"b", 0, 4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"stream\":\"orders\",\"seq\":0,\"duplicate\": true}",
            "{\"error\":{\"code\":409,\"err_code\":10158,\"description\":\"duplicate message id is in process\"}}" })
    void whenTheIdIsKnownAndThePlaceIsNot_thenTheEventIsInProcess(String json) {
        assertThat(read(json)).isEqualTo(new Answer.InProcess());
    }

    @Test
    void whenRefused_thenTheErrorIsRead() {
        assertThat(read("{\"error\":{\"code\":400,\"err_code\":10054,\"description\":\"message size exceeds maximum allowed\"},"
                + "\"stream\":\"orders\",\"seq\":0}"))
                .isEqualTo(new Answer.Refused(400, 10054, "message size exceeds maximum allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "pong", "{}", "[]", "{\"stream\":\"orders", "{\"seq\":1}", "{\"stream\":\"o\",\"seq\":" })
    void whenSomebodyElseAnswers_thenItIsForeign(String text) {
        assertThat(read(text)).isIn(new Answer.Foreign(), new Answer.InProcess());
    }

    @Test
    void whenAStreamIsFull_thenThatDoesNotPass() {
        assertThat(new Answer.Refused(503, 10077, "maximum messages exceeded").isPassing()).isFalse();
        assertThat(new Answer.Refused(503, 10077, "maximum bytes exceeded").isPassing()).isFalse();
        assertThat(new Answer.Refused(400, 10054, "message size exceeds maximum allowed").isPassing()).isFalse();
        assertThat(new Answer.Refused(400, 10109, "invalid operation on sealed stream").isPassing()).isFalse();
    }

    @Test
    void whenTheServerIsInTrouble_thenThatPasses() {
        assertThat(new Answer.Refused(503, 10023, "insufficient resources").isPassing()).isTrue();
        assertThat(new Answer.Refused(503, 10077, "store is closed").isPassing()).isTrue();
        assertThat(new Answer.Refused(429, 10167, "too many requests").isPassing()).isTrue();
        assertThat(new Answer.Refused(400, 10060, "expected stream does not match").isPassing()).isTrue();
    }

    private Answer read(String json) {
        return reader.read(new NatsMessage("reply", null, json.getBytes(UTF_8)));
    }
}
