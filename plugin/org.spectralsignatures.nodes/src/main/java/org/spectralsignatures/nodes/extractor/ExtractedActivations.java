package org.spectralsignatures.nodes.extractor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.nodes.port.ActivationsPortObject;
import org.spectralsignatures.nodes.table.TableRows;
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
 */
public record ExtractedActivations(String layer, String pooling, int dimensions, int rows, long bytes, boolean flagged, int fewest, List<ClassInfo> classes,
    List<LayerInfo> layers) {

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

    /** @return the tables that the node keeps for its view */
    static BufferedDataTable[] tables(final ActivationsPortObject activations, final NetworkDescription network, final ExecutionContext exec,
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
        final BufferedDataContainer classes = exec.createDataContainer(new DataTableSpec(text("Label"), number("Rows"), number("Poisoned")));
        for (int c = 0; c < images.length; c++) {
            classes.addRowToTable(new DefaultRow("Row" + c, new StringCell(rows.classes().get(c)), new IntCell(images[c]),
                rows.poisoned() == null ? DataType.getMissingCell() : new IntCell(poisoned[c])));
        }
        classes.close();
        final BufferedDataContainer layers = exec.createDataContainer(new DataTableSpec(number("Channels"), number("Height"), number("Width")));
        for (LayerInfo layer : network.layers()) {
            layers.addRowToTable(new DefaultRow(layer.name(), new IntCell(layer.channels()), new IntCell(layer.height()), new IntCell(layer.width())));
        }
        layers.close();
        return new BufferedDataTable[]{ViewFacts.write(Map.of(LAYER, activations.getSpec().layer(), POOLING, activations.getSpec().pooling().name(), DIMENSIONS,
            Integer.toString(activations.getSpec().dimensions()), BYTES, Long.toString(Files.size(activations.file()))), exec), classes.getTable(), layers.getTable()};
    }

    private static DataColumnSpec text(final String name) {
        return new DataColumnSpecCreator(name, StringCell.TYPE).createSpec();
    }

    private static DataColumnSpec number(final String name) {
        return new DataColumnSpecCreator(name, IntCell.TYPE).createSpec();
    }

    /** @return what the node kept */
    static ExtractedActivations read(final BufferedDataTable[] tables) {
        final Map<String, String> facts = ViewFacts.read(tables[0]);
        final var classes = new ArrayList<ClassInfo>();
        TableRows.read(tables[1], (row, i) -> classes.add(new ClassInfo(((StringValue)row.getCell(0)).getStringValue(), number(row, 1), number(row, 2))), 0, 1, 2);
        final var layers = new ArrayList<LayerInfo>();
        TableRows.read(tables[2], (row, i) -> layers.add(new LayerInfo(row.getKey().getString(), number(row, 0), number(row, 1), number(row, 2))), 0, 1, 2);
        return new ExtractedActivations(facts.get(LAYER), facts.get(POOLING), Integer.parseInt(facts.get(DIMENSIONS)),
            classes.stream().mapToInt(ClassInfo::rows).sum(), Long.parseLong(facts.get(BYTES)), classes.stream().anyMatch(c -> c.poisoned() != null),
            CutOff.FEWEST, classes, layers);
    }

    private static Integer number(final DataRow row, final int column) {
        final DataCell cell = row.getCell(column);
        return cell.isMissing() ? null : ((IntValue)cell).getIntValue();
    }
}
