package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.ImageValue;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.spectralsignatures.host.workflow.NodeRegistry;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/** Tables whose images were not made by our nodes: KNIME's readers give a column of images of any kind, whose cells may be PNG or not. */
class OtherImagesTest {

    private static final ImageShape SHAPE = new ImageShape(3, 16, 16);

    /** An image of some kind. */
    private abstract static class AnyImageCell extends DataCell implements ImageValue {

        private static final long serialVersionUID = 1L;

        @Override
        public String getImageExtension() {
            return "any";
        }

        @Override
        public String toString() {
            return "image";
        }

        @Override
        protected boolean equalsDataCell(final DataCell other) {
            return other == this;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    private static final class Png extends AnyImageCell implements PNGImageValue {

        private static final long serialVersionUID = 1L;

        @Override
        public PNGImageContent getImageContent() {
            return new PNGImageContent(ImageCodec.encodePng(new byte[SHAPE.size()], SHAPE));
        }
    }

    private static final class Drawing extends AnyImageCell {

        private static final long serialVersionUID = 1L;

        @Override
        public PNGImageContent getImageContent() {
            throw new UnsupportedOperationException();
        }
    }

    /** Images of which nobody knows the kind. */
    static final DataType ANY = DataType.getType(AnyImageCell.class);

    @TempDir
    Path folder;

    private ExecutionContext m_exec;

    @BeforeEach
    void context() {
        m_exec = ShownNode.context(folder);
    }

    private static Node learner() throws Exception {
        final var node = new Node(NodeRegistry.find("org.spectralsignatures.nodes.learner.ResNetLearnerNodeFactory"));
        final NodeSettings settings = node.save();
        settings.addInt("epochs", 1);
        settings.addInt("filters", 4);
        node.load(settings);
        return node;
    }

    private static DataTableSpec spec() {
        return new DataTableSpec(new DataColumnSpecCreator("Picture", ANY).createSpec(),
            new DataColumnSpecCreator("Kind", StringCell.TYPE).createSpec());
    }

    private BufferedDataTable table(final DataCell... images) {
        final BufferedDataContainer container = m_exec.createDataContainer(spec());
        for (int i = 0; i < images.length; i++) {
            container.addRowToTable(new DefaultRow(new RowKey("Row" + i), images[i], new StringCell(i % 2 == 0 ? "a" : "b")));
        }
        container.close();
        return container.getTable();
    }

    @Test
    void pngAmongImagesOfAnyKind() throws Exception {
        final Node learner = learner();
        assertEquals(7, ((DataTableSpec)learner.configure(new PortObjectSpec[]{spec(), null})[1]).getNumColumns());
        final PortObject[] results = learner.execute(new PortObject[]{table(new Png(), new Png()), null}, m_exec);
        assertEquals(1, ((BufferedDataTable)results[1]).size());
    }

    @Test
    void anImageThatCannotBeTakenOutIsNamed() {
        final var failure = assertThrows(KNIMEException.class, () -> learner().execute(new PortObject[]{table(new Drawing(), new Png()), null}, m_exec));
        assertEquals("Row 'Row0', column 'Picture': the image, of the kind 'any', cannot be taken out of the cell (UnsupportedOperationException)."
            + " Turn the column into PNG first.", failure.getMessage());
    }

    @Test
    void aMissingImageIsNamed() {
        final var failure =
            assertThrows(KNIMEException.class, () -> learner().execute(new PortObject[]{table(DataType.getMissingCell(), new Png()), null}, m_exec));
        assertTrue(failure.getMessage().startsWith("Row 'Row0', column 'Picture': the image is missing."), failure.getMessage());
    }
}
