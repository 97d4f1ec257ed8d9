package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.eventlane.jetstream.ServerAbilities.Ability;

class ServerAbilitiesTest {

    @ParameterizedTest
    @CsvSource({ "2.9.10,false,false", "2.10.0,true,false", "2.10.27,true,false", "v2.10.1,true,false",
            "2.11.0-preview.1,true,true", "2.15.1-beta,true,true", "3.0.0,true,true", "1.99.0,false,false", "2.9,false,false",
            "'',false,false", "unknown,false,false" })
    void whenAServerSaysItsVersion_thenItsAbilitiesFollow(String version, boolean transforms, boolean priorityGroups) {
        ServerAbilities server = ServerAbilities.of(version);

        assertThat(server.has(Ability.SUBJECT_TRANSFORM)).isEqualTo(transforms);
        assertThat(server.has(Ability.PRIORITY_GROUPS)).isEqualTo(priorityGroups);
        assertThat(server.version()).isEqualTo(version);
    }
}
