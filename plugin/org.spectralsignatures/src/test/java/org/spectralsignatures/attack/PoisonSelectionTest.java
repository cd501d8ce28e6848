package org.spectralsignatures.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

class PoisonSelectionTest {

    private static final Trigger TRIGGER = new Trigger(TriggerShape.PIXEL, 0, 0, 255, 0, 0);

    /** 30 planes, 20 birds, alternating as long as possible. */
    private static List<String> labels() {
        final var labels = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            labels.addAll(List.of("plane", "bird"));
        }
        labels.addAll(Collections.nCopies(10, "plane"));
        return labels;
    }

    private static Backdoor backdoor(final double epsilon, final long seed) {
        return new Backdoor(TRIGGER, "plane", "bird", epsilon, AttackMode.ADD, seed);
    }

    @Test
    void takesEpsilonOfTheTargetClassFromTheSampleClass() {
        final int[] chosen = PoisonSelection.select(labels(), backdoor(.25, 1));
        assertEquals(5, chosen.length);
        assertTrue(Arrays.stream(chosen).allMatch(i -> labels().get(i).equals("plane")));
        assertEquals(5, Arrays.stream(chosen).distinct().count());
    }

    @Test
    void dependsOnTheSeedAlone() {
        assertArrayEquals(PoisonSelection.select(labels(), backdoor(.5, 7)), PoisonSelection.select(labels(), backdoor(.5, 7)));
        assertTrue(!Arrays.equals(PoisonSelection.select(labels(), backdoor(.5, 7)), PoisonSelection.select(labels(), backdoor(.5, 8))));
    }

    @Test
    void saysWhatIsWrong() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> PoisonSelection.select(List.of("plane"), backdoor(.1, 1))).getMessage()
            .contains("target class 'bird' has no images"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> PoisonSelection.select(labels(), backdoor(.01, 1))).getMessage()
            .contains("raise epsilon"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> PoisonSelection.select(List.of("plane", "bird", "bird"), backdoor(1, 1)))
            .getMessage().contains("lower epsilon"));
        assertThrows(IllegalArgumentException.class, () -> backdoor(0, 1));
        assertThrows(IllegalArgumentException.class, () -> backdoor(1.01, 1));
        assertThrows(IllegalArgumentException.class, () -> new Backdoor(TRIGGER, "bird", "bird", .1, AttackMode.ADD, 1));
    }
}
