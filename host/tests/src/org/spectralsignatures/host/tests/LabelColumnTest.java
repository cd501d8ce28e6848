package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/** Which columns are taken for images and classes where the settings leave that open. */
class LabelColumnTest {

    private static final String LEARNER = "learner.ResNetLearnerNodeFactory";

    @TempDir
    Path folder;

    private static DataColumnSpec image(final String name) {
        return new DataColumnSpecCreator(name, PNGImageContent.TYPE).createSpec();
    }

    private static DataColumnSpec text(final String name, final String... values) {
        final var creator = new DataColumnSpecCreator(name, StringCell.TYPE);
        if (values.length > 0) {
            creator.setDomain(new DataColumnDomainCreator(List.of(values).stream().map(StringCell::new).toArray(DataCell[]::new)).createDomain());
        }
        return creator.createSpec();
    }

    private static String warning(final DataColumnSpec... columns) throws Exception {
        return NodeRun.configure(NodeRun.node(LEARNER, Map.of()), new DataTableSpec(columns));
    }

    @Test
    void labelIsTakenWithoutAWord() throws Exception {
        assertNull(warning(image("Image"), text("Label"), text("path")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "Class", "LABELS", "target", "Category"})
    void namesLikeItAreTakenWithAWarning(final String name) throws Exception {
        assertTrue(warning(image("Image"), text(name), text("path"), text("note", "a", "b")).contains("'" + name + "'"));
    }

    @Test
    void theOnlyColumnOfFewValuesIsTaken() throws Exception {
        assertTrue(warning(image("Image"), text("kind", "cat", "dog"), text("path")).contains("'kind'"));
        assertTrue(warning(image("Image"), text("path")).contains("'path'"));
    }

    @Test
    void whatIsNotClearIsAsked() throws Exception {
        for (DataColumnSpec[] columns : List.of(new DataColumnSpec[]{image("Image"), text("kind"), text("path")},
            new DataColumnSpec[]{image("Image"), text("kind", "a"), text("place", "b")}, new DataColumnSpec[]{image("Image"), text("class"), text("Target")})) {
            final String message = assertThrows(InvalidSettingsException.class, () -> warning(columns)).getMessage();
            assertTrue(message.contains("choose 'Label column' among " + columns[1].getName() + ", " + columns[2].getName()), message);
        }
    }

    @Test
    void theFirstOfSeveralImageColumnsIsTakenWithAWarning() throws Exception {
        assertTrue(warning(image("front"), image("back"), text("Label")).contains("'front'"));
        assertNull(warning(image("front"), image("Image"), text("Label")));
    }

    @Test
    void aClassAnImageIsRefusedWhenItIsSeen() throws Exception {
        final var shape = new ImageShape(3, 16, 16);
        final DataCell picture = new PNGImageContent(ImageCodec.encodePng(new byte[shape.size()], shape)).toImageCell();
        final var rows = new ArrayList<Object[]>();
        IntStream.range(0, 12).forEach(i -> rows.add(new Object[]{"r" + i, picture, new StringCell("images/" + i + ".png")}));
        final var table = ShownNode.table(folder, new DataTableSpec(image("Image"), text("path")), rows);
        final String message = assertThrows(Exception.class, () -> NodeRun.of(LEARNER, Map.of(), folder, table)).getMessage();
        assertEquals("Column 'path' has 12 different values in 12 rows: these are no classes. Choose another 'Label column'.", message);
    }
}
