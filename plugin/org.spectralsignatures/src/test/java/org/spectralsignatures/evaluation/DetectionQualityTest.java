package org.spectralsignatures.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.evaluation.DetectionQuality.Point;

class DetectionQualityTest {

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    /** Worked by hand: pairs won 2 + 1.5 of 6 (a poison above 2 cleans and level with the third, the other above 1 and level with 1). */
    @Test
    void smallCaseByHand() {
        final var quality = DetectionQuality.of(new double[]{3, 2, 3, 1, 2}, new boolean[]{true, true, false, false, false});
        assertEquals(List.of(new Point(INFINITE, 0, 0), new Point(3, 2, 1), new Point(2, 4, 2), new Point(1, 5, 2)), quality.points());
        assertEquals((.5 + 2 + .5 + 1) / 6, quality.auc(), 1e-12);
        assertEquals((.5 + .5) / 2, quality.averagePrecision(), 1e-12); // 1 of 2, then 2 of 4
        assertEquals(1. / 3, quality.falsePositiveRate(quality.points().get(1)), 1e-12);
        assertEquals(2, quality.poisonLeft(0), 1e-12);
        assertEquals(1.5, quality.poisonLeft(1), 1e-12);
        assertEquals(1, quality.poisonLeft(2), 1e-12);
        assertEquals(0, quality.poisonLeft(5), 1e-12);
    }

    /** Of the case above: the second point lies on the line from the first to the third in the ROC curve, and where the poison left is drawn. */
    @Test
    void linesToDrawByHand() {
        final var quality = DetectionQuality.of(new double[]{3, 2, 3, 1, 2}, new boolean[]{true, true, false, false, false});
        assertArrayEquals(new double[][]{{0, 0}, {2. / 3, 1}, {1, 1}}, quality.roc());
        assertArrayEquals(new double[][]{{.5, .5}, {1, .5}, {1, .4}}, quality.precisionByRecall());
        assertArrayEquals(new double[][]{{0, 2}, {.8, 0}, {1, 0}}, quality.poisonLeftByShare());
        final var clean = DetectionQuality.of(new double[]{2, 1}, new boolean[2]);
        assertArrayEquals(new double[0][], clean.roc(), "no poison, no recall");
        assertArrayEquals(new double[0][], clean.poisonLeftByShare());
    }

    @Test
    void perfectAndReversedScores() {
        assertEquals(1, DetectionQuality.of(new double[]{5, 4, 1, 0}, new boolean[]{true, true, false, false}).auc(), 0);
        assertEquals(1, DetectionQuality.of(new double[]{5, 4, 1, 0}, new boolean[]{true, true, false, false}).averagePrecision(), 0);
        assertEquals(0, DetectionQuality.of(new double[]{5, 4, 1, 0}, new boolean[]{false, false, true, true}).auc(), 0);
        assertEquals(.5, DetectionQuality.of(new double[4], new boolean[]{false, true, true, false}).auc(), 0);
    }

    @Test
    void nothingToTell() {
        assertTrue(Double.isNaN(DetectionQuality.of(new double[]{1, 2}, new boolean[2]).auc()));
        assertTrue(Double.isNaN(DetectionQuality.of(new double[]{1, 2}, new boolean[2]).averagePrecision()));
        assertTrue(Double.isNaN(DetectionQuality.of(new double[0], new boolean[0]).auc()));
        assertEquals(.5, DetectionQuality.of(new double[]{Double.NaN, 0, Double.NEGATIVE_INFINITY}, new boolean[]{true, false, true}).auc(), .5);
    }
}
