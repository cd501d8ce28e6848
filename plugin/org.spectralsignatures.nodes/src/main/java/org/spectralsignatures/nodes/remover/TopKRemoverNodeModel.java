package org.spectralsignatures.nodes.remover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.remover.TopKRemoverNodeParameters.Rule;
import org.spectralsignatures.nodes.table.RemainingValues;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.TopKSelection;
import org.spectralsignatures.removal.Verdict;
import org.spectralsignatures.scoring.ClassRanks;

/** What the node 'Top-k Remover' does. */
final class TopKRemoverNodeModel {

    static final String RULE = "Rule";

    static final String PER_CLASS = "Each class on its own";

    static final String LEVEL = "Significance level";

    /** The scores of the rows to be kept or removed, in their order. */
    private static final class Scored {
        final List<String> keys = new ArrayList<>();

        final List<String> classes = new ArrayList<>();

        int[] labels;

        double[] scores;

        boolean[] apart;

        ClassVerdicts verdicts;
    }

    /** What comes out; the last two are for the view. */
    private record Tables(BufferedDataTable kept, BufferedDataTable removed, BufferedDataTable summary, BufferedDataTable ranking, BufferedDataTable verdicts) {
    }

    private TopKRemoverNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final TopKRemoverNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        Scores.check(input.getInTableSpec(1));
        final DataTableSpec images = input.getInTableSpec(0);
        output.setOutSpecs(images, RemovedRows.SCHEMA.spec(images), RemovalSummary.SCHEMA.spec());
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final TopKRemoverNodeParameters parameters = input.getParameters();
        final BufferedDataTable images = input.getInTable(0);
        final BufferedDataTable scores = input.getInTable(1);
        final ExecutionContext exec = input.getExecutionContext();
        final Tables tables = NodeTask.execute(exec, monitor -> {
            final Scored scored = match(images, Scores.read(scores, monitor), parameters.m_level, monitor);
            final TopKSelection selection = select(scored, parameters);
            final boolean[] removed = selection.removed();
            final int[] ranks = ClassRanks.of(scored.labels, scored.classes.size(), scored.scores, scored.keys);
            final var summary = new RemovalSummary(scored.classes, scored.labels, scored.scores, selection, byClass(scored, parameters), scored.verdicts.verdicts());
            final BufferedDataContainer kept = exec.createDataContainer(RemainingValues.spec(images, i -> !removed[i]));
            final var gone = new RemovedRows(RemainingValues.spec(images, i -> removed[i]), exec);
            final Ranking ranking = new Ranking(exec);
            try (var rows = images.iterator()) {
                for (int i = 0; rows.hasNext(); i++) {
                    exec.checkCanceled();
                    final DataRow row = rows.next();
                    final int label = scored.labels[i];
                    if (removed[i]) {
                        gone.add(row, scored.scores[i], ranks[i], summary.rows(label));
                    } else {
                        kept.addRowToTable(row);
                    }
                    ranking.add(scored.keys.get(i), scored.classes.get(label), scored.scores[i], removed[i]);
                }
            }
            kept.close();
            final String warning = summary.warning();
            if (!warning.isEmpty()) {
                output.setWarningMessage(warning);
            }
            return new Tables(kept.getTable(), gone.table(), summary.table(exec), ranking.table(), scored.verdicts.table(scored.classes, exec));
        });
        output.setOutData(tables.kept, tables.removed, tables.summary);
        final BufferedDataTable facts = ViewFacts.write(Map.of(RULE, parameters.describe(), PER_CLASS, Boolean.toString(parameters.m_perClass), LEVEL,
            Double.toString(parameters.m_level)), exec);
        output.setInternalData(new RemovedImages.Kept(images, tables.ranking, facts, tables.verdicts).tables());
    }

    /** Where the scorer says itself which images it takes for poison, those are what stands apart. */
    private static TopKSelection select(final Scored scored, final TopKRemoverNodeParameters parameters) {
        if (parameters.m_rule == Rule.AUTOMATIC && scored.apart != null) {
            return TopKSelection.apart(scored.labels, scored.classes.size(), scored.apart);
        }
        return TopKSelection.of(scored.labels, scored.classes.size(), scored.scores, scored.keys, parameters.removalRule(), parameters.m_perClass);
    }

    private static boolean byClass(final Scored scored, final TopKRemoverNodeParameters parameters) {
        return parameters.m_perClass || parameters.m_rule == Rule.AUTOMATIC && scored.apart != null;
    }

    private static Scored match(final BufferedDataTable images, final Scores byKey, final double level, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final var scored = new Scored();
        final var verdicts = new ArrayList<Verdict>();
        scored.apart = byKey.judged() ? new boolean[(int)images.size()] : null;
        scored.labels = new int[(int)images.size()];
        scored.scores = new double[scored.labels.length];
        final Map<String, Integer> classes = new HashMap<>();
        try (var rows = images.iterator()) {
            for (int i = 0; rows.hasNext(); i++) {
                monitor.checkCancelled();
                final DataRow row = rows.next();
                final Scores.Scored found = byKey.of(row);
                scored.keys.add(row.getKey().getString());
                scored.scores[i] = found.score();
                scored.labels[i] = classes.computeIfAbsent(found.label(), name -> {
                    scored.classes.add(name);
                    verdicts.add(found.verdict());
                    return scored.classes.size() - 1;
                });
                if (byKey.judged()) {
                    scored.apart[i] = found.apart();
                }
            }
        }
        scored.verdicts = byKey.judged() ? ClassVerdicts.ofScorer(verdicts, scored.labels, scored.apart)
            : ClassVerdicts.ofScores(scored.labels, scored.classes.size(), scored.scores, level, byKey.doubt());
        return scored;
    }
}
