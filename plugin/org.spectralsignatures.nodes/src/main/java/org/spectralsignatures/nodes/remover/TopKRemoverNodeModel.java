package org.spectralsignatures.nodes.remover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
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
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.TopKSelection;

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
    }

    private TopKRemoverNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final TopKRemoverNodeParameters parameters = input.getParameters();
        parameters.validate();
        Scores.check(input.getInTableSpec(1));
        final DataTableSpec images = input.getInTableSpec(0);
        output.setOutSpecs(images, images, summarySpec());
    }

    private static DataTableSpec summarySpec() {
        return new DataTableSpec(new DataColumnSpecCreator(Scores.LABEL, StringCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Rows", IntCell.TYPE).createSpec(), new DataColumnSpecCreator("Removed", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Kept", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Lowest removed score", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Highest kept score", DoubleCell.TYPE).createSpec());
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final TopKRemoverNodeParameters parameters = input.getParameters();
        final BufferedDataTable images = input.getInTable(0);
        final BufferedDataTable scores = input.getInTable(1);
        final ExecutionContext exec = input.getExecutionContext();
        final BufferedDataTable[] tables = NodeTask.execute(exec, monitor -> {
            final Scored scored = match(images, scores, monitor);
            final boolean[] removed = TopKSelection.select(scored.labels, scored.classes.size(), scored.scores, scored.keys,
                parameters.removalRule(), parameters.m_perClass);
            final BufferedDataContainer kept = exec.createDataContainer(images.getDataTableSpec());
            final BufferedDataContainer gone = exec.createDataContainer(images.getDataTableSpec());
            final Ranking ranking = new Ranking(exec);
            try (var rows = images.iterator()) {
                for (int i = 0; rows.hasNext(); i++) {
                    exec.checkCanceled();
                    (removed[i] ? gone : kept).addRowToTable(rows.next());
                    ranking.add(scored.keys.get(i), scored.classes.get(scored.labels[i]), scored.scores[i], removed[i]);
                }
            }
            kept.close();
            gone.close();
            return new BufferedDataTable[]{kept.getTable(), gone.getTable(), summary(scored, removed, exec), ranking.table()};
        });
        output.setOutData(tables[0], tables[1], tables[2]);
        output.setInternalData(images, tables[3],
            ViewFacts.write(Map.of(RULE, parameters.describe(), PER_CLASS, Boolean.toString(parameters.m_perClass), LEVEL,
                Double.toString(parameters.m_level)), exec));
    }

    private static Scored match(final BufferedDataTable images, final BufferedDataTable scores, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final Scores byKey = Scores.read(scores, monitor);
        final var scored = new Scored();
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
                    return scored.classes.size() - 1;
                });
            }
        }
        return scored;
    }

    private static BufferedDataTable summary(final Scored scored, final boolean[] removed, final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(summarySpec());
        final var order = new TreeMap<String, Integer>();
        for (int c = 0; c < scored.classes.size(); c++) {
            order.put(scored.classes.get(c), c);
        }
        order.forEach((name, c) -> {
            int rows = 0;
            int gone = 0;
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < removed.length; i++) {
                if (scored.labels[i] == c) {
                    rows++;
                    if (removed[i]) {
                        gone++;
                        lowest = Math.min(lowest, scored.scores[i]);
                    } else {
                        highest = Math.max(highest, scored.scores[i]);
                    }
                }
            }
            container.addRowToTable(new DefaultRow(name, new StringCell(name), new IntCell(rows), new IntCell(gone), new IntCell(rows - gone),
                score(lowest), score(highest)));
        });
        container.close();
        return container.getTable();
    }

    private static DataCell score(final double value) {
        return Double.isInfinite(value) ? DataType.getMissingCell() : new DoubleCell(value);
    }
}
