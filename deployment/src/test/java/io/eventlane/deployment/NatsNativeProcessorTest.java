package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** The names are strings to us: they must go on naming what holds the state that has to be made at run time. */
class NatsNativeProcessorTest {

    private static boolean holds(String className, Class<?> state) throws ClassNotFoundException {
        return Arrays
                .stream(Class.forName(className, false, NatsNativeProcessorTest.class.getClassLoader()).getDeclaredFields())
                .anyMatch(field -> Modifier.isStatic(field.getModifiers()) && state.isAssignableFrom(field.getType()));
    }

    @Test
    void whenTheClientMakesRandomNumbers_thenTheirSourceIsInitializedAtRunTime() throws Exception {
        assertThat(holds(NatsNativeProcessor.RANDOM, Random.class)).isTrue();
        assertThat(holds(NatsNativeProcessor.UNIQUE_IDS, Class.forName(NatsNativeProcessor.UNIQUE_IDS))).isTrue();
    }

    @Test
    void whenTheClientTellsItsVersion_thenTheFileIsThere() {
        assertThat(getClass().getClassLoader().getResource(NatsNativeProcessor.VERSION)).isNotNull();
    }

    @Test
    void whenTheClientSigns_thenItsCryptographyIsThere() throws Exception {
        assertThat(Class.forName(NatsNativeProcessor.CRYPTOGRAPHY + ".crypto.signers.Ed25519Signer", false,
                getClass().getClassLoader())).isNotNull();
    }
}
