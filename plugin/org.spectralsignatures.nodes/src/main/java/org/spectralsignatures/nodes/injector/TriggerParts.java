package org.spectralsignatures.nodes.injector;

import org.knime.core.data.DataCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.attack.TriggerPicture;
import org.spectralsignatures.image.DecodedImage;
import org.spectralsignatures.image.ImageRegion;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.ImageTables;
import org.spectralsignatures.nodes.table.TableReader;
import org.spectralsignatures.nodes.table.TableSchema;
import org.spectralsignatures.nodes.table.TableWriter;

/** A table of a trigger's pictures for the node's view: first the whole trigger, then each of its parts if there are several. */
final class TriggerParts {

    static final Column<DataCell> PICTURE = Column.picture("On grey");

    static final Column<String> DESCRIPTION = Column.text("Description");

    private static final Column<Integer> ROW = Column.integer("Row");

    private static final Column<Integer> COLUMN = Column.integer("Column");

    private static final Column<Integer> HEIGHT = Column.integer("Height");

    private static final Column<Integer> WIDTH = Column.integer("Width");

    static final TableSchema SCHEMA = TableSchema.of(PICTURE, DESCRIPTION, ROW, COLUMN, HEIGHT, WIDTH);

    private TriggerParts() {
    }

    /** @return pictures on images of that shape */
    static BufferedDataTable write(final Trigger trigger, final ImageShape image, final ExecutionContext exec) {
        final TableWriter table = SCHEMA.writer(exec);
        add("Whole", trigger, TriggerPicture.WHOLE, trigger.describe(), image, table);
        for (int part = 0; trigger.parts() > 1 && part < trigger.parts(); part++) {
            add("Part " + (part + 1), trigger, part, trigger.describe(part), image, table);
        }
        return table.table();
    }

    private static void add(final String key, final Trigger trigger, final int part, final String description, final ImageShape image, final TableWriter to) {
        final DecodedImage picture = TriggerPicture.onGrey(trigger, part, image);
        final ImageRegion region = TriggerPicture.region(trigger, part, image);
        to.add(key, PICTURE.of(ImageTables.cell(picture.pixels(), picture.shape())), DESCRIPTION.of(description), ROW.of(region.row()),
            COLUMN.of(region.column()), HEIGHT.of(region.height()), WIDTH.of(region.width()));
    }

    /** @return the smallest region with all that a part, or the whole trigger, changes */
    static ImageRegion region(final TableReader.Row row) {
        return new ImageRegion(row.get(ROW), row.get(COLUMN), row.get(HEIGHT), row.get(WIDTH));
    }
}
