package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/** The names are strings to the library and to us: they must go on naming what the library looks for. */
class Lz4NativeProcessorTest {

    static final java.util.List<String> IMPLEMENTATIONS = Lz4NativeProcessor.IMPLEMENTATIONS;

    @ParameterizedTest
    @FieldSource("IMPLEMENTATIONS")
    void whenTheLibraryLooksAnImplementationUp_thenItHasTheFieldThatIsReadOrTheFactory(String name) throws Exception {
        Field instance = Class.forName(name).getField("INSTANCE");

        assertThat(instance.trySetAccessible()).isTrue();
        assertThat(instance.get(null)).isNotNull();
    }

    @Test
    void whenOnlyThePlainJavaVariantIsThere_thenTheRegisteredNamesAreAllThatItNeeds() {
        assertThat(Lz4NativeProcessor.IMPLEMENTATIONS).contains(
                LZ4Factory.safeInstance().fastCompressor().getClass().getName(),
                LZ4Factory.safeInstance().highCompressor().getClass().getName(),
                LZ4Factory.safeInstance().fastDecompressor().getClass().getName(),
                LZ4Factory.safeInstance().safeDecompressor().getClass().getName(),
                XXHashFactory.safeInstance().hash32().getClass().getName(),
                XXHashFactory.safeInstance().hash64().getClass().getName());
    }

    @Test
    void whenKafkaDecompresses_thenTheClassThatKeepsTheImplementationIsTheOneInitializedAtRunTime() throws Exception {
        Class<?> stream = Class.forName(Lz4NativeProcessor.KEEPS_AN_IMPLEMENTATION, false, getClass().getClassLoader());

        assertThat(stream.getDeclaredFields()).anyMatch(field -> field.getType().getName().startsWith("net.jpountz."));
    }
}
