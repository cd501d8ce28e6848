package org.spectralsignatures.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.evaluation.ConfusionMatrix.Cell;

class ConfusionMatrixTest {

    /** Seven images, one of them of an unknown class: 3 of 6 right, class 2 taken twice for class 0, class 0 once for class 1. */
    @Test
    void smallCaseByHand() {
        final var matrix = ConfusionMatrix.of(3, new int[]{0, 0, 1, 2, 2, -1, 0}, new int[]{0, 1, 1, 0, 0, 2, 0});
        assertEquals(List.of(new Cell(0, 0, 2), new Cell(0, 1, 1), new Cell(1, 1, 1), new Cell(2, 0, 2)), matrix.cells());
        assertEquals(6, matrix.images());
        assertEquals(.5, matrix.accuracy(), 1e-12);
        assertArrayEquals(new int[]{3, 1, 2}, matrix.imagesOfClass());
        assertArrayEquals(new int[][]{{2, 1, 0}, {0, 1, 0}, {2, 0, 0}}, matrix.dense());
        assertEquals(List.of(new Cell(2, 0, 2), new Cell(0, 1, 1)), matrix.largestErrors(5));
        assertEquals(List.of(new Cell(2, 0, 2)), matrix.largestErrors(1));
    }

    @Test
    void labelsAreTheMostProbableClasses() {
        assertArrayEquals(new int[]{1, 0}, ConfusionMatrix.labels(new Predictions(2, new float[]{.3f, .7f, .6f, .4f})));
    }

    @Test
    void noImages() {
        final var matrix = ConfusionMatrix.of(2, new int[0], new int[0]);
        assertEquals(0, matrix.images());
        assertTrue(Double.isNaN(matrix.accuracy()));
    }
}
