package org.spectralsignatures.engine.cuda;

import java.nio.FloatBuffer;

import org.spectralsignatures.engine.Batch;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.PlanSession;
import org.spectralsignatures.engine.RowMatrix;
import org.spectralsignatures.engine.TrainingSession;
import org.spectralsignatures.network.plan.NetworkPlan;

/** What learners and extractors do with an engine, all of it once. */
public final class Work {

    /** So many rows of zeros. */
    private record Zeros(int count, int columns) implements RowMatrix.Rows {

        @Override
        public void copy(final int first, final int number, final FloatBuffer target) {
            target.put(new float[number * columns]);
        }
    }

    private Work() {
    }

    /** Puts something into all of a batch. */
    static void fill(final NetworkPlan plan, final Batch batch, final int seed) {
        for (int i = 0; i < batch.capacity(); i++) {
            final var pixels = new byte[plan.input().size()];
            pixels[i % pixels.length] = (byte)seed;
            batch.image(i, pixels);
            batch.label(i, i % plan.classes());
        }
    }

    /**
     * Trains a little, with batches of several sizes, and looks at all there is.
     *
     * @param engine of this bundle
     * @param plan of a network
     */
    public static void learn(final Engine engine, final NetworkPlan plan) {
        try (TrainingSession session = engine.train(plan, engine.initial(plan, 1), .9, 1e-4);
            Batch first = session.batch(4); Batch second = session.batch(4); Batch larger = session.batch(6)) {
            fill(plan, first, 1);
            final var losses = new double[6];
            for (int step = 0; step < 3; step++) {
                fill(plan, second, step);
                session.step(first, 4, .1 * step, losses);
                session.step(second, step == 2 ? 3 : 4, .1, losses);
            }
            session.parameters();
            ((CudaSession)session).velocity(((CudaSession)session).velocity());
            fill(plan, larger, 9);
            session.activations(plan.steps().get(1).name(), larger, 5, values -> { });
            session.probabilities(first, 1, new float[plan.classes()], 0);
            session.step(larger, 6, .1, losses);
        }
    }

    /**
     * Runs a network a little.
     *
     * @param engine of this bundle
     * @param plan of the network
     */
    public static void run(final Engine engine, final NetworkPlan plan) {
        try (PlanSession session = engine.open(plan, engine.initial(plan, 1)); Batch batch = session.batch(3)) {
            fill(plan, batch, 1);
            session.probabilities(batch, 3, new float[3 * plan.classes()], 0);
            session.activations(plan.steps().get(0).name(), batch, 2, values -> { });
        }
    }

    /**
     * Scores a little, with all that a matrix gives.
     *
     * @param engine of this bundle
     * @param count number of rows
     */
    public static void score(final Engine engine, final int count) {
        final int columns = 517;
        try (RowMatrix matrix = engine.matrix(new Zeros(count, columns), () -> false).orElseThrow()) {
            matrix.squaredNorms(new double[columns]);
            matrix.combine(new double[2][count], new double[columns]);
            matrix.gram(new double[3][columns], new double[columns], new double[3][count]);
            matrix.gram(new double[1][columns], new double[columns], null);
        }
    }
}
