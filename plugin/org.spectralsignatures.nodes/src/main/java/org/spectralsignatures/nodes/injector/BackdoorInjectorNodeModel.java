package org.spectralsignatures.nodes.injector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.spectralsignatures.attack.AttackMode;
import org.spectralsignatures.attack.Backdoor;
import org.spectralsignatures.attack.PoisonSelection;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.port.TriggerPortObject;
import org.spectralsignatures.nodes.port.TriggerPortObjectSpec;
import org.spectralsignatures.nodes.table.ImageTableSpec;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.nodes.view.ViewFacts;

/** What the node 'Backdoor Injector' does. */
final class BackdoorInjectorNodeModel {

    private static final String COPY_SUFFIX = "_poisoned";

    static final String IMAGE_COLUMN = "Image column";

    static final String LABEL_COLUMN = "Label column";

    static final String SAMPLE_CLASS = "Sample class";

    static final String TARGET_CLASS = "Target class";

    static final String EPSILON = "Epsilon";

    static final String MODE = "Mode";

    static final String KIND = "Kind";

    static final String TRIGGER = "Trigger";

    static final String TARGET_IMAGES = "Clean images of the target class";

    static final String EARLIER_POISON = "Poisoned before";

    private record Classes(String sample, String target) {
    }

    /** What the node makes: its outputs, and tables for its view. */
    private record Injection(BufferedDataTable images, TriggerPortObject trigger, BufferedDataTable pairs, BufferedDataTable parts,
        BufferedDataTable facts) {
    }

    private BackdoorInjectorNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        final BackdoorInjectorNodeParameters parameters = input.getParameters();
        parameters.requireUsable();
        final ImageTableSpec columns = columns(parameters, input.getInTableSpec(0));
        final var warnings = new Warnings();
        columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
        warnings.show(output::setWarningMessage);
        if (columns.shape() != null) {
            NodeTask.configure(() -> parameters.trigger(columns.shape()));
        }
        PortObjectSpec trigger = null;
        if (columns.classes() != null) {
            final Classes classes = NodeTask.configure(() -> classes(parameters, columns.classes()));
            trigger = new TriggerPortObjectSpec(classes.sample, classes.target);
        }
        output.setOutSpecs(columns.asPng().withPoisoned(), trigger);
    }

    private static ImageTableSpec columns(final BackdoorInjectorNodeParameters parameters, final DataTableSpec spec) throws InvalidSettingsException {
        final DataColumnSpec flag = spec.getColumnSpec(ImageTableSpec.POISONED);
        if (flag != null && !flag.getType().isCompatible(BooleanValue.class)) {
            throw new InvalidSettingsException("The table has a column '%s' that is no boolean: rename it first.".formatted(ImageTableSpec.POISONED));
        }
        return ImageTableSpec.of(spec, parameters.m_imageColumn, parameters.m_labelColumn);
    }

    private static Classes classes(final BackdoorInjectorNodeParameters parameters, final List<String> classes) throws IOException {
        if (classes.size() < 2) {
            throw new IOException("An attack needs a sample class and a target class, but the label column has only %s."
                .formatted(classes.isEmpty() ? "no class at all" : "the class '" + classes.get(0) + "'"));
        }
        for (String name : List.of(parameters.m_sampleClass, parameters.m_targetClass)) {
            if (!name.isEmpty() && !classes.contains(name)) {
                throw new IOException("There is no class '%s'. The classes are %s.".formatted(name, ClassNames.join(classes)));
            }
        }
        final String sample = parameters.m_sampleClass.isEmpty()
            ? classes.stream().filter(c -> !c.equals(parameters.m_targetClass)).findFirst().orElseThrow() : parameters.m_sampleClass;
        final String target = parameters.m_targetClass.isEmpty()
            ? classes.get(classes.get(1).equals(sample) ? 0 : 1) : parameters.m_targetClass;
        return new Classes(sample, target);
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output) throws CanceledExecutionException, KNIMEException {
        final BackdoorInjectorNodeParameters parameters = input.getParameters();
        final BufferedDataTable table = input.getInTable(0);
        final ExecutionContext exec = input.getExecutionContext();
        final Injection injection = NodeTask.execute(exec, monitor -> {
            final ImageTableSpec columns = columns(parameters, table.getDataTableSpec());
            if (table.size() == 0) {
                throw new IOException("The table of images is empty.");
            }
            final var warnings = new Warnings();
            columns.warn(parameters.m_imageColumn, parameters.m_labelColumn, warnings);
            final Classes classes = classes(parameters, ImageTables.classes(table, columns, monitor));
            warnings.show(output::setWarningMessage);
            return inject(parameters, table, columns, classes, exec, monitor);
        });
        output.setOutData(injection.images, injection.trigger);
        output.setInternalData(new InjectedImages.Kept(injection.images, injection.pairs, injection.parts, injection.facts).tables());
    }

    /** What is known of the rows before any is marked. */
    private static final class Rows {
        final List<String> labels = new ArrayList<>();

        final Set<String> keys = new HashSet<>();

        final BitSet poisoned = new BitSet();

        ImageShape shape;
    }

    private static Rows read(final BufferedDataTable table, final ImageTableSpec columns, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final var known = new Rows();
        try (var rows = table.iterator()) {
            while (rows.hasNext()) {
                monitor.checkCancelled();
                final DataRow row = rows.next();
                if (known.shape == null) {
                    known.shape = ImageTables.decode(row, columns).shape();
                }
                known.poisoned.set(known.labels.size(), columns.isPoisoned(row));
                known.keys.add(row.getKey().getString());
                known.labels.add(ImageTables.label(row, columns));
            }
        }
        return known;
    }

    private static Injection inject(final BackdoorInjectorNodeParameters parameters, final BufferedDataTable table,
        final ImageTableSpec columns, final Classes classes, final ExecutionContext exec, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final Rows known = read(table, columns, monitor);
        final Trigger trigger = parameters.trigger(known.shape);
        final Backdoor backdoor = parameters.backdoor(trigger, classes.sample, classes.target);
        final int[] chosen = PoisonSelection.select(known.labels, known.poisoned, backdoor);
        final boolean add = backdoor.mode() == AttackMode.ADD;
        final BufferedDataContainer container = exec.createDataContainer(columns.asPng().withPoisoned());
        final MarkedPairs pairs = new MarkedPairs(columns, exec);
        final var copies = new ArrayList<DataRow>();
        int next = 0;
        try (var rows = table.iterator()) {
            for (int i = 0; rows.hasNext(); i++) {
                monitor.checkCancelled();
                final DataRow row = ImageTables.withPng(rows.next(), columns);
                final boolean poison = next < chosen.length && chosen[next] == i;
                if (poison) {
                    copies.add(mark(row, columns, backdoor, next % trigger.parts(),
                        add ? freeKey(row.getKey().getString(), known.keys) : row.getKey().getString()));
                    pairs.add(row, copies.get(copies.size() - 1), next % trigger.parts());
                    next++;
                }
                container.addRowToTable(poison && !add ? copies.get(copies.size() - 1)
                    : new DefaultRow(row.getKey(), columns.withFlag(row, columns.isPoisoned(row))));
                if (i % 500 == 0) {
                    monitor.progress((double)i / known.labels.size(), "Row %d of %d".formatted(i, known.labels.size()));
                }
            }
        }
        if (add) {
            copies.forEach(container::addRowToTable);
        }
        container.close();
        return new Injection(container.getTable(), new TriggerPortObject(new TriggerPortObjectSpec(classes.sample, classes.target), trigger),
            pairs.table(), TriggerParts.write(trigger, known.shape, exec), ViewFacts.write(facts(parameters, backdoor, columns, known), exec));
    }

    private static Map<String, String> facts(final BackdoorInjectorNodeParameters parameters, final Backdoor backdoor, final ImageTableSpec columns,
        final Rows known) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put(IMAGE_COLUMN, parameters.m_imageColumn);
        facts.put(LABEL_COLUMN, columns.labelName());
        facts.put(SAMPLE_CLASS, backdoor.sampleClass());
        facts.put(TARGET_CLASS, backdoor.targetClass());
        facts.put(EPSILON, Double.toString(backdoor.epsilon()));
        facts.put(MODE, backdoor.mode().name());
        facts.put(KIND, parameters.m_trigger.name());
        facts.put(TRIGGER, backdoor.trigger().describe());
        facts.put(TARGET_IMAGES, Long.toString(IntStream.range(0, known.labels.size())
            .filter(i -> !known.poisoned.get(i) && known.labels.get(i).equals(backdoor.targetClass())).count()));
        facts.put(EARLIER_POISON, Integer.toString(known.poisoned.cardinality()));
        return facts;
    }

    private static String freeKey(final String key, final Set<String> taken) {
        String free = key + COPY_SUFFIX;
        for (int i = 2; !taken.add(free); i++) {
            free = key + COPY_SUFFIX + i;
        }
        return free;
    }

    private static DataRow mark(final DataRow row, final ImageTableSpec columns, final Backdoor backdoor, final int part, final String key)
        throws IOException {
        final DecodedImage image = ImageTables.decode(row, columns);
        backdoor.trigger().mark(part, image.pixels(), image.shape());
        final DataCell[] cells = columns.withFlag(row, true);
        cells[columns.imageColumn()] = ImageTables.cell(image.pixels(), image.shape());
        cells[columns.labelColumn()] = new StringCell(backdoor.targetClass());
        return new DefaultRow(key, cells);
    }
}
