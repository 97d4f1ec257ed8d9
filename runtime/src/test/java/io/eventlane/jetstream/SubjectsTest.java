package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectsTest {

    @ParameterizedTest
    @CsvSource({ "a,a,true", "a,b,false", "a.>,a.b,true", "a.>,a.b.c,true", "a.>,a,false", "a.>,a.>,true", "a.*,a.b,true",
            "a.*,a.b.c,false", "a.*,a.*,true", "a.*,a.>,false", "a.b,a.*,false", ">,a.>,true", ">,a,true", "*.*,a.*,true",
            "*.>,a.>,true", "a.*.>,a.>,false", "a.b,a,false" })
    void whenAPatternIsWider_thenItCovers(String pattern, String subject, boolean covers) {
        assertThat(Subjects.cover(List.of("other", pattern), subject)).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({ "a,a,true", "a,b,false", "a.>,a,false", "a.>,a.b,true", "a.>,*.b,true", "a.*,*.b,true", "a.*,b.*,false",
            "a.*.c,a.b.*,true", "a.*.c,a.b,false", ">,a.b,true" })
    void whenTwoPatternsTakeOneSubject_thenTheyOverlapEitherWay(String one, String other, boolean overlap) {
        assertThat(Subjects.overlap(one, other)).isEqualTo(overlap);
        assertThat(Subjects.overlap(other, one)).isEqualTo(overlap);
    }
}
