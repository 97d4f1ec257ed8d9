package io.eventlane.runtime.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.eventlane.spi.Codec;

class CodecsTest {

    record Order(String id, int amount) {
    }

    private final Codecs codecs = new Codecs(new ObjectMapper(), List.of());

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of("grün", String.class, "grün"),
                Arguments.of((byte) -7, byte.class, "-7"),
                Arguments.of((short) 300, Short.class, "300"),
                Arguments.of(Integer.MIN_VALUE, int.class, "-2147483648"),
                Arguments.of(42, Integer.class, "42"),
                Arguments.of(Long.MAX_VALUE, long.class, "9223372036854775807"),
                Arguments.of(1.5f, float.class, "1.5"),
                Arguments.of(-2.25, Double.class, "-2.25"),
                Arguments.of(new BigDecimal("12.340"), BigDecimal.class, "12.340"),
                Arguments.of(BigInteger.TEN.pow(30), BigInteger.class, "1" + "0".repeat(30)),
                Arguments.of(true, boolean.class, "true"),
                Arguments.of(new Order("a", 3), Order.class, "{\"id\":\"a\",\"amount\":3}"),
                Arguments.of(List.of(new Order("a", 3)), new TypeReference<List<Order>>() {
                }.getType(), "[{\"id\":\"a\",\"amount\":3}]"),
                Arguments.of(Map.of("a", 1), new TypeReference<Map<String, Integer>>() {
                }.getType(), "{\"a\":1}"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void whenAPayloadIsEncodedAndDecoded_thenItIsTheSame(Object payload, Type type, String wire) throws Exception {
        byte[] data = codecs.ofClass(payload.getClass()).encode(payload);

        assertThat(new String(data, UTF_8)).isEqualTo(wire);
        assertThat(codecs.of(type).decode(data)).isEqualTo(payload);
    }

    @Test
    void whenThePayloadIsBytes_thenTheyAreNotCopied() throws Exception {
        byte[] data = { 1, 2, (byte) 0xff };

        assertThat(codecs.ofClass(byte[].class).encode(data)).isSameAs(data);
        assertThat(codecs.of(byte[].class).decode(data)).isSameAs(data);
    }

    @Test
    void whenANumberIsWrittenAsAnInt_thenItCanBeReadAsALong() throws Exception {
        byte[] data = codecs.ofClass(Integer.class).encode(17);

        assertThat(codecs.of(long.class).decode(data)).isEqualTo(17L);
    }

    @Test
    void whenANumberDoesNotFit_thenDecodingFails() {
        assertThatThrownBy(() -> codecs.of(byte.class).decode("300".getBytes(UTF_8))).isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> codecs.of(int.class).decode(new byte[] { 0, 0, 0, 17 }))
                .isInstanceOf(NumberFormatException.class);
    }

    @Test
    void whenTheJsonIsNull_thenThePayloadIsNull() throws Exception {
        assertThat(codecs.of(Order.class).decode("null".getBytes(UTF_8))).isNull();
    }

    @Test
    void whenTheApplicationHasCodecs_thenTheFirstThatSupportsTheTypeComesBeforeTheBuiltInOnes() throws Exception {
        Codecs own = new Codecs(new ObjectMapper(), List.of(new Tagged("first", Order.class), new Tagged("second", Order.class),
                new Tagged("text", String.class)));

        assertThat(own.of(Order.class).decode(new byte[0])).isEqualTo("first");
        assertThat(own.of(String.class).decode(new byte[0])).isEqualTo("text");
        assertThat(own.ofClass(Order.class).encode(new Order("a", 1))).asString().isEqualTo("first");
        assertThat(own.of(Integer.class).decode("5".getBytes(UTF_8))).isEqualTo(5);
    }

    @Test
    void whenAClassIsAskedForAgain_thenItsFormatIsTheSame() {
        assertThat(codecs.ofClass(Order.class)).isSameAs(codecs.ofClass(Order.class));
    }

    private record Tagged(String tag, Class<?> supported) implements Codec<Object> {

        @Override
        public boolean supports(Type type) {
            return type == supported;
        }

        @Override
        public byte[] encode(Object value) {
            return tag.getBytes(UTF_8);
        }

        @Override
        public Object decode(byte[] data, Type type) {
            return tag;
        }
    }
}
