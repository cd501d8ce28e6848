package org.spectralsignatures.nodes.extractor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;
import org.spectralsignatures.nodes.view.ViewFacts;
import org.spectralsignatures.removal.CutOff;

/**
 * What the view of the extractor shows.
 *
 * @param layer name of the layer
 * @param pooling how its activations became vectors
 * @param dimensions length of the vectors
 * @param rows number of images
 * @param bytes size of the file
 * @param flagged whether it is known which images are poisoned
 * @param fewest images that a class must have for a verdict on it
 * @param classes in their order
 * @param layers all of the network, from first to last
 * @param engine what computed them, in words; null where an earlier version did not say
 */
public record ExtractedActivations(String layer, String pooling, int dimensions, int rows, long bytes, boolean flagged, int fewest, List<ClassInfo> classes,
    List<LayerInfo> layers, String engine) {

    /**
     * A class.
     *
     * @param label its name
     * @param rows number of its images
     * @param poisoned number of those that are flagged; null if unknown
     */
    public record ClassInfo(String label, int rows, Integer poisoned) {
    }

    private static final String LAYER = "Layer";

    private static final String POOLING = "Pooling";

    private static final String DIMENSIONS = "Values an image";

    private static final String BYTES = "Bytes";

    private static final Column<String> LABEL = Column.text("Label");

    private static final Column<Integer> ROWS = Column.integer("Rows");

    private static final Column<Integer> POISONED = Column.integer("Poisoned");

    private static final Column<Integer> CHANNELS = Column.integer("Channels");

    private static final Column<Integer> HEIGHT = Column.integer("Height");

    private static final Column<Integer> WIDTH = Column.integer("Width");

    private static final TableSchema CLASSES = TableSchema.of(LABEL, ROWS, POISONED);

    private static final TableSchema LAYERS = TableSchema.of(CHANNELS, HEIGHT, WIDTH);

    /**
     * What the node keeps for its view.
     *
     * @param facts by name
     * @param classes a row a class
     * @param layers a row a layer of the network
     */
    record Kept(BufferedDataTable facts, BufferedDataTable classes, BufferedDataTable layers) {

        static Kept of(final BufferedDataTable[] tables) {
            return new Kept(tables[0], tables[1], tables[2]);
        }

        BufferedDataTable[] tables() {
            return new BufferedDataTable[]{facts, classes, layers};
        }
    }

    /** @return what the node keeps for its view */
    static Kept keep(final ActivationsPortObject activations, final String engine, final NetworkDescription network, final ExecutionContext exec,
        final TaskMonitor monitor) throws IOException, TaskCancelledException {
        final ActivationsPortObject.Rows rows;
        try (var matrix = activations.open()) {
            rows = activations.rows(matrix, monitor);
        }
        final var images = new int[rows.classes().size()];
        final var poisoned = new int[images.length];
        for (int i = 0; i < rows.labels().length; i++) {
            images[rows.labels()[i]]++;
            poisoned[rows.labels()[i]] += rows.poisoned() != null && rows.poisoned().get(i) ? 1 : 0;
        }
        final TableWriter classes = CLASSES.writer(exec);
        for (int c = 0; c < images.length; c++) {
            classes.add("Row" + c, LABEL.of(rows.classes().get(c)), ROWS.of(images[c]), POISONED.of(rows.poisoned() == null ? null : poisoned[c]));
        }
        final TableWriter layers = LAYERS.writer(exec);
        for (LayerInfo layer : network.layers()) {
            layers.add(layer.name(), CHANNELS.of(layer.channels()), HEIGHT.of(layer.height()), WIDTH.of(layer.width()));
        }
        final BufferedDataTable facts = ViewFacts.write(Map.of(LAYER, activations.getSpec().layer(), POOLING, activations.getSpec().pooling().name(), DIMENSIONS,
            Integer.toString(activations.getSpec().dimensions()), BYTES, Long.toString(Files.size(activations.file())), ViewFacts.ENGINE, engine), exec);
        return new Kept(facts, classes.table(), layers.table());
    }

    /** @return what the node kept */
    static ExtractedActivations read(final Kept kept) {
        final Map<String, String> facts = ViewFacts.read(kept.facts);
        final List<ClassInfo> classes =
            CLASSES.reader(kept.classes).list(row -> new ClassInfo(row.get(LABEL), row.get(ROWS), row.find(POISONED)));
        final List<LayerInfo> layers =
            LAYERS.reader(kept.layers).list(row -> new LayerInfo(row.key(), row.get(CHANNELS), row.get(HEIGHT), row.get(WIDTH)));
        return new ExtractedActivations(facts.get(LAYER), facts.get(POOLING), Integer.parseInt(facts.get(DIMENSIONS)),
            classes.stream().mapToInt(ClassInfo::rows).sum(), Long.parseLong(facts.get(BYTES)), classes.stream().anyMatch(c -> c.poisoned() != null),
            CutOff.FEWEST, classes, layers, facts.get(ViewFacts.ENGINE));
    }
}
