package io.eventlane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.demo.Options.Connector;

class OptionsTest {

    @TempDir
    Path directory;

    private String application;

    @BeforeEach
    void createApplication() throws Exception {
        application = "--application=" + Files.createFile(directory.resolve("application"));
    }

    @Test
    void whenNothingIsSaid_thenTheDemoIsTheFullOne() {
        Options options = Options.parse(new String[] { application });

        assertThat(options.connector()).isEqualTo(Connector.KAFKA);
        assertThat(options.events()).isEqualTo(100_000);
        assertThat(options.keys()).isEqualTo(5_000);
        assertThat(options.sabotage()).isEmpty();
        assertThat(options.kill()).isFalse();
    }

    @Test
    void whenOptionsAreGiven_thenTheyAreTaken() {
        Options options = Options.parse(
                new String[] { application, "--jetstream", "--events=10", "--keys=2", "--partitions=1", "--break=order",
                        "--kill" });

        assertThat(options.connector()).isEqualTo(Connector.JETSTREAM);
        assertThat(options.events()).isEqualTo(10);
        assertThat(options.keys()).isEqualTo(2);
        assertThat(options.partitions()).isEqualTo(1);
        assertThat(options.sabotage()).contains("order");
        assertThat(options.kill()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "--events=many", "--events=0", "--break=everything", "--evens=3", "--application=/nowhere" })
    void whenAnArgumentIsWrong_thenItIsNamed(String argument) {
        String wrong = argument.substring(argument.indexOf('=') + 1);

        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(new String[] { application, argument }))
                .withMessageContaining(wrong.equals("3") ? "--evens" : wrong);
    }

    @Test
    void whenAnApplicationInMemoryIsToBeKilled_thenThatIsRefused() {
        assertThat(Options.parse(new String[] { application, "--memory" }).connector()).isEqualTo(Connector.MEMORY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(new String[] { application, "--kill", "--memory" }))
                .withMessage("--kill: not with --memory, where the events die with the application");
    }
}
