package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/** How the paths of settings are written, and what is said of those that lead nowhere. */
class PathsTest {

    private static final String READER = "reader.LabelledImageReaderNodeFactory";

    @TempDir
    Path folder;

    @BeforeEach
    void images() throws Exception {
        final var shape = new ImageShape(3, 4, 4);
        final Path file = folder.resolve("my set/cat/1.png");
        Files.createDirectories(file.getParent());
        Files.write(file, ImageCodec.encodePng(new byte[shape.size()], shape));
    }

    private void read(final String path) throws Exception {
        assertEquals(1, NodeRun.of(READER, Map.of("path", path), folder).table(0).size(), path);
    }

    private static String refused(final String path) {
        return assertThrows(InvalidSettingsException.class, () -> NodeRun.configure(NodeRun.node(READER, Map.of("path", path)))).getMessage();
    }

    @Test
    void pathsAndUrlsLeadToOneFolder() throws Exception {
        final Path set = folder.resolve("my set");
        read(set.toString());
        read(" " + set + " ");
        read(set.toUri().toString());
        read("file:" + set.toString().replace('\\', '/'));
        read(Path.of("").toAbsolutePath().relativize(set).toString());
        Files.createDirectories(folder.resolve("~"));
        Files.move(set, folder.resolve("~/50%PATH%"));
        read(folder.resolve("~/50%PATH%").toString());
    }

    @Test
    void whatAShellWouldReplaceIsNamed() {
        final String home = System.getProperty("user.home");
        assertEquals("In the path '~/images' nothing replaces '~'. Write '%s' instead, or let a flow variable give the path.".formatted(home), refused("~/images"));
        assertEquals("In the path '~' nothing replaces '~'. Write '%s' instead, or let a flow variable give the path.".formatted(home), refused("~"));
        for (String path : new String[]{"$PATH/images", "${PATH}", "/data/%PATH%\\images"}) {
            assertTrue(refused(path).startsWith("In the path '%s' nothing replaces '".formatted(path)), refused(path));
        }
        assertTrue(refused("/data/$NO_SUCH_VARIABLE/images").endsWith("does not exist."));
        assertTrue(refused("images~").endsWith("images~' does not exist."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"s3://bucket/images | The path 's3://bucket/images' is not on this machine. Download it first.",
        "https://example.org/a.zip | The path 'https://example.org/a.zip' is not on this machine. Download it first.",
        "file://data/images | Write the whole path behind 'file://', such as file:///data/images.", "file:images | such as file:///data/images.",
        "knime://LOCAL/images | only knime://knime.workflow/ is", "/no/such | The path '/no/such' does not exist."})
    void whatIsNotHereIsNamed(final String path, final String message) {
        assertTrue(refused(path).contains(message), refused(path));
    }
}
