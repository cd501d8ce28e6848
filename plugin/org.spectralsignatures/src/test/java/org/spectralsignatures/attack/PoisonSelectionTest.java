package org.spectralsignatures.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

class PoisonSelectionTest {

    private static final Trigger TRIGGER = new PixelTrigger(TriggerShape.PIXEL, 0, 0, 255, 0, 0);

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
        final int[] chosen = PoisonSelection.select(labels(), new BitSet(), backdoor(.25, 1));
        assertEquals(5, chosen.length);
        assertTrue(Arrays.stream(chosen).allMatch(i -> labels().get(i).equals("plane")));
        assertEquals(5, Arrays.stream(chosen).distinct().count());
    }

    @Test
    void dependsOnTheSeedAlone() {
        assertArrayEquals(PoisonSelection.select(labels(), new BitSet(), backdoor(.5, 7)), PoisonSelection.select(labels(), new BitSet(), backdoor(.5, 7)));
        assertTrue(!Arrays.equals(PoisonSelection.select(labels(), new BitSet(), backdoor(.5, 7)), PoisonSelection.select(labels(), new BitSet(), backdoor(.5, 8))));
    }

    /** Saved workflows are to poison the same images for ever. */
    @Test
    void drawsTheSameRowsForTheSameSeed() {
        assertArrayEquals(new int[]{6, 10, 20, 24, 32, 36, 45, 46, 47, 49}, PoisonSelection.select(labels(), new BitSet(), backdoor(.5, 7)));
    }

    @Test
    void saysWhatIsWrong() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> PoisonSelection.select(List.of("plane"), new BitSet(), backdoor(.1, 1))).getMessage()
            .contains("target class 'bird' has no images"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> PoisonSelection.select(labels(), new BitSet(), backdoor(.01, 1))).getMessage()
            .contains("raise epsilon"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> PoisonSelection.select(List.of("plane", "bird", "bird"), new BitSet(), backdoor(1, 1)))
            .getMessage().contains("lower epsilon"));
        assertThrows(IllegalArgumentException.class, () -> backdoor(0, 1));
        assertThrows(IllegalArgumentException.class, () -> backdoor(1.01, 1));
        assertThrows(IllegalArgumentException.class, () -> new Backdoor(TRIGGER, "bird", "bird", .1, AttackMode.ADD, 1));
    }

    @Test
    void cleanLabelsMarkTheTargetClassItself() {
        final var backdoor = new Backdoor(TRIGGER, "plane", "bird", .25, AttackMode.CLEAN_LABEL, 1);
        final int[] chosen = PoisonSelection.select(labels(), new BitSet(), backdoor);
        assertEquals(5, chosen.length);
        assertTrue(Arrays.stream(chosen).allMatch(i -> labels().get(i).equals("bird")));
    }

    @Test
    void rowsOfAnEarlierAttackAreNeitherMarkedNorCounted() {
        final var poisoned = new BitSet();
        for (int bird = 1; bird < 40; bird += 4) {
            poisoned.set(bird); // 10 of the 20 birds
        }
        for (int plane = 0; plane < 40; plane += 2) {
            poisoned.set(plane); // 20 of the 30 planes
        }
        final int[] chosen = PoisonSelection.select(labels(), poisoned, backdoor(1, 3));
        assertArrayEquals(new int[]{40, 41, 42, 43, 44, 45, 46, 47, 48, 49}, chosen);
    }
}
