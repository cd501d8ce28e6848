package org.spectralsignatures.nodes.injector;

import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.IntValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.attack.TriggerPicture;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.table.ImageTables;

/** A table of a trigger's pictures for the node's view: first the whole trigger, then each of its parts if there are several. */
final class TriggerParts {

    static final int PICTURE = 0;

    static final int DESCRIPTION = 1;

    private static final int REGION = 2;

    private TriggerParts() {
    }

    private static DataTableSpec spec() {
        final var spec = new DataTableSpecCreator();
        spec.addColumns(new DataColumnSpecCreator("On grey", PNGImageContent.TYPE).createSpec(),
            new DataColumnSpecCreator("Description", StringCell.TYPE).createSpec());
        for (String name : new String[]{"Row", "Column", "Height", "Width"}) {
            spec.addColumns(new DataColumnSpecCreator(name, IntCell.TYPE).createSpec());
        }
        return spec.createSpec();
    }

    /** @return pictures on images of that shape */
    static BufferedDataTable write(final Trigger trigger, final ImageShape image, final ExecutionContext exec) {
        final BufferedDataContainer container = exec.createDataContainer(spec());
        container.addRowToTable(row("Whole", trigger, TriggerPicture.WHOLE, trigger.describe(), image));
        for (int part = 0; trigger.parts() > 1 && part < trigger.parts(); part++) {
            container.addRowToTable(row("Part " + (part + 1), trigger, part, trigger.describe(part), image));
        }
        container.close();
        return container.getTable();
    }

    private static DataRow row(final String key, final Trigger trigger, final int part, final String description, final ImageShape image) {
        final DecodedImage picture = TriggerPicture.onGrey(trigger, part, image);
        final ImageRegion region = TriggerPicture.region(trigger, part, image);
        return new DefaultRow(key, ImageTables.cell(picture.pixels(), picture.shape()), new StringCell(description), new IntCell(region.row()),
            new IntCell(region.column()), new IntCell(region.height()), new IntCell(region.width()));
    }

    /** @return the smallest region with all that a part, or the whole trigger, changes */
    static ImageRegion region(final DataRow row) {
        final var numbers = new int[4];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((IntValue)row.getCell(REGION + i)).getIntValue();
        }
        return new ImageRegion(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
