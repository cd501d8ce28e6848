package org.spectralsignatures.spark.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spectralsignatures.audit.EachClass;

/** Takes the steps of an audit on the executors, each class in a task, the largest first. Classes that an earlier run has done are not done again. */
final class ClassTasks implements EachClass {

    private static final Logger LOG = LoggerFactory.getLogger(ClassTasks.class);

    private final JavaSparkContext context;

    private final SentSet set;

    private final String folder;

    private int steps;

    /**
     * @param context of Spark
     * @param set that is audited
     * @param folder of the results of the steps
     */
    ClassTasks(final JavaSparkContext context, final SentSet set, final String folder) {
        this.context = context;
        this.set = set;
        this.folder = folder;
    }

    @Override
    public <S, T> List<T> each(final String name, final S shared, final Step<S, T> step) throws IOException {
        steps++;
        final var files = new StepFiles(set.files().hadoop(), String.format(Locale.ROOT, "%s/%02d-%s", folder, steps, name.replaceAll("[^a-z0-9]+", "-")));
        final List<Integer> missing = new ArrayList<>();
        for (int c = 0; c < set.names().size(); c++) {
            if (!files.has(c)) {
                missing.add(c);
            }
        }
        LOG.info("Audit, step {} ({}): {} of {} classes were done by an earlier run", steps, name, set.names().size() - missing.size(), set.names().size());
        if (!missing.isEmpty()) {
            missing.sort(Comparator.comparingInt(c -> -set.size(c)));
            context.setJobDescription("Audit, step %d: %s".formatted(steps, name));
            take(missing, context.broadcast(shared), step, files);
        }
        final List<T> found = new ArrayList<>();
        for (int c = 0; c < set.names().size(); c++) {
            found.add(files.read(c));
        }
        return found;
    }

    private <S, T> void take(final List<Integer> classes, final Broadcast<S> shared, final Step<S, T> step, final StepFiles files) {
        final SentSet sent = set;
        try {
            context.parallelize(classes, classes.size()).foreach(c -> files.write(c, sent.open(c, audited -> step.of(audited, c, shared.value()))));
        } finally {
            shared.destroy();
        }
    }
}
