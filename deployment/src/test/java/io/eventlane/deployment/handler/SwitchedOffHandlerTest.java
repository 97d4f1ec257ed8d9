package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.test.QuarkusUnitTest;

class SwitchedOffHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application
            .of(Active.class, OtherProfile.class, OtherProperty.class, VetoedOne.class, Unselected.class, Excluded.class,
                    Template.class, VetoedHeir.class)
            .overrideConfigKey("quarkus.arc.exclude-types", "Excluded,org.acme.*,org.acme.**");

    @Inject
    HandlerTable table;

    @Test
    void whenBeanIsSwitchedOff_thenItsHandlersAreSkipped() {
        assertThat(table.channels()).extracting(ChannelHandlers::channel).containsExactly("active");
    }

    static class Active {

        @Incoming("active")
        void onEvent(String text) {
        }
    }

    @IfBuildProfile("another")
    static class OtherProfile {

        @Incoming("profile")
        void onEvent(String text) {
        }
    }

    @ApplicationScoped
    @IfBuildProperty(name = "acme.enabled", stringValue = "true")
    static class OtherProperty {

        @Incoming("property")
        void onEvent(String text) {
        }
    }

    @Vetoed
    static class VetoedOne {

        @Incoming("vetoed")
        void onEvent(String text) {
        }
    }

    @Alternative
    @ApplicationScoped
    static class Unselected {

        @Incoming("alternative")
        void onEvent(String text) {
        }
    }

    static class Excluded {

        @Incoming("excluded")
        void onEvent(String text) {
        }
    }

    abstract static class Template {

        @Incoming("template")
        void onEvent(String text) {
        }
    }

    @Vetoed
    static class VetoedHeir extends Template {
    }
}
