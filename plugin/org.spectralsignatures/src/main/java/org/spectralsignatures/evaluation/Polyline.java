package org.spectralsignatures.evaluation;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** Draws a line through many points with fewer of them, none of which is left out unless it lies on the line that is drawn. */
public final class Polyline {

    private Polyline() {
    }

    /**
     * Thins by the method of Ramer (1972) and of Douglas and Peucker (1973): between two points that are kept, the one farthest from the straight line
     * through them is kept too if it lies farther off than the tolerance.
     *
     * @param points {@code [n][2]}, in the order of the line
     * @param tolerance how far a point that is left out may lie from the line, in the units of the points
     * @return the points that are kept, the first and the last among them
     */
    public static double[][] thin(final double[][] points, final double tolerance) {
        final var kept = new BitSet();
        if (points.length > 0) {
            kept.set(0);
            kept.set(points.length - 1);
        }
        final Deque<int[]> parts = new ArrayDeque<>();
        parts.push(new int[]{0, points.length - 1});
        while (!parts.isEmpty()) {
            final int[] part = parts.pop();
            int farthest = -1;
            double most = tolerance;
            for (int i = part[0] + 1; i < part[1]; i++) {
                final double distance = distance(points[i], points[part[0]], points[part[1]]);
                if (distance > most) {
                    most = distance;
                    farthest = i;
                }
            }
            if (farthest >= 0) {
                kept.set(farthest);
                parts.push(new int[]{part[0], farthest});
                parts.push(new int[]{farthest, part[1]});
            }
        }
        return kept.stream().mapToObj(i -> points[i]).toArray(double[][]::new);
    }

    /** From a point to the segment between two others. */
    private static double distance(final double[] point, final double[] from, final double[] to) {
        final double dx = to[0] - from[0];
        final double dy = to[1] - from[1];
        final double length = dx * dx + dy * dy;
        final double along = length == 0 ? 0 : Math.max(0, Math.min(1, ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / length));
        return Math.hypot(point[0] - from[0] - along * dx, point[1] - from[1] - along * dy);
    }
}
