package org.spectralsignatures.removal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class ClassRemovalTest {

    /** Class 0 loses the rows of 5 and 4 and keeps those of 3 and -1; class 1 loses all, class 2 nothing, class 3 has none. */
    @Test
    void countsAndScoresAtTheCutByHand() {
        final int[] labels = {0, 1, 0, 2, 0, 1, 0};
        final double[] scores = {5, 2, 3, 9, 4, 1, -1};
        final boolean[] removed = {true, true, false, false, true, true, false};
        final boolean[] poisoned = {true, false, true, false, true, false, false};
        final List<ClassRemoval> classes = ClassRemoval.of(labels, 4, scores, i -> removed[i], i -> poisoned[i]);
        assertEquals(List.of(new ClassRemoval(4, 2, 4, 3, 3, 2), new ClassRemoval(2, 2, 1, Double.NaN, 0, 0), new ClassRemoval(1, 0, Double.NaN, 9, 0, 0),
            new ClassRemoval(0, 0, Double.NaN, Double.NaN, 0, 0)), classes);
        assertEquals(List.of(2, 0, 1, 0), classes.stream().map(ClassRemoval::kept).toList());
    }
}
