package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.jetstream.ReplySubjects.Token;

class ReplySubjectsTest {

    private static final String INBOX = "_INBOX.random.";

    @ParameterizedTest
    @CsvSource({ "0,0,0", "1,1,1", "31,32,33", "40,1023,1024", "2147483647,9223372036854775807,2147483647" })
    void whenWritten_thenItIsReadAgain(int channel, long number, int attempt) {
        String subject = new ReplySubjects(INBOX, channel).of(number, attempt);

        assertThat(subject).startsWith(INBOX).matches("_INBOX\\.random\\.[0-9a-v]+-[0-9a-v]+-[0-9a-v]+");
        assertThat(Token.read(subject, INBOX.length())).isEqualTo(new Token(channel, number, attempt));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "-", "--", "1-2", "1--2", "-1-2", "1-2-", "1-2-x", "x-1-2" })
    void whenItIsNoneOfOurs_thenItIsNone(String token) {
        assertThat(Token.read(INBOX + token, INBOX.length())).isNull();
    }
}
