package org.spectralsignatures.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.monitor.TaskMonitor;

/** Tables of labels as they come: one beside the images of each class or part, JSON Lines, and what spreadsheets write. */
class LabelTablesTest {

    @TempDir
    Path folder;

    private List<String> notes;

    private void image(final String... paths) throws IOException {
        for (String path : paths) {
            final var shape = new ImageShape(3, 9, 10);
            write(path, ImageCodec.encodePng(new byte[shape.size()], shape));
        }
    }

    private void write(final String path, final byte[] content) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.write(folder.resolve(path), content);
    }

    private void table(final String path, final String... lines) throws IOException {
        write(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** @return class, key and size of each image, {@code ?} for those that cannot be read */
    private List<String> read(final String table, final Split split, final boolean crop) throws Exception {
        final var source = new LabelsFileSource(folder, split, new LabelOptions("", folder.resolve(table), "", "", crop).open(), crop, TaskMonitor.none());
        final var images = new ArrayList<String>();
        final int[] labels = source.labels();
        final var all = new BitSet();
        all.set(0, labels.length);
        source.read(all, (index, key, decoder) -> {
            String size;
            try {
                size = decoder.decode(PixelLimit.ofThisJvm()).shape().describe();
            } catch (IOException e) {
                size = "?";
            }
            images.add("%s %s %s".formatted(labels[index] < 0 ? null : source.classes().get(labels[index]), key, size));
        });
        notes = source.notes();
        return images;
    }

    private String failure(final String table, final Split split) {
        return assertThrows(IOException.class, () -> read(table, split, false)).getMessage().replace(folder.toString(), "SET");
    }

    /** The official training set: a table in the folder of each class, whose images have the same names as others'. */
    @Test
    void gtsrbIsReadAsItComes() throws Exception {
        image("00000/00000_00000.png", "00000/00000_00001.png", "00042/00000_00000.png");
        table("00000/GT-00000.csv", "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId", "00000_00000.png;10;9;1;2;8;7;0", "00000_00001.png;10;9;0;0;9;9;0");
        table("00042/GT-00042.csv", "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId", "00000_00000.png;10;9;2;2;5;5;42");
        final List<String> expected = List.of("0 00000/00000_00000.png 7 x 5 pixels", "0 00000/00000_00001.png 9 x 9 pixels", "42 00042/00000_00000.png 3 x 3 pixels");
        assertEquals(expected, read("", Split.TRAINING, true));
        assertEquals(List.of(), notes);
        Files.delete(folder.resolve("00042/00000_00000.png"));
        assertEquals("42 00042/00000_00000.png ?", read("", Split.ALL, false).get(2)); // none of another class stands in
    }

    /** Hugging Face's imagefolder: a table in each part, whose files are below its own folder. */
    @Test
    void imagefoldersOfHuggingFaceAreRead() throws Exception {
        image("train/a.png", "train/more/b.png", "test/a.png");
        table("train/metadata.jsonl", "{\"file_name\": \"a.png\", \"label\": \"caf\\u00e9\", \"objects\": {\"bbox\": [1]}}", "",
            "{\"file_name\": \"more/b.png\", \"label\": 1, \"text\": null}");
        table("test/metadata.csv", "file_name,label", "a.png,dog");
        assertEquals(List.of("caf\u00e9 train/a.png 10 x 9 pixels", "1 train/more/b.png 10 x 9 pixels"), read("", Split.TRAINING, false));
        assertEquals(List.of("dog test/a.png 10 x 9 pixels"), read("", Split.TEST, false));
        assertEquals(3, read("", Split.ALL, false).size());
        assertTrue(failure("", Split.VALIDATION).contains("its column says test, train"), failure("", Split.VALIDATION));
        assertEquals(List.of("dog test/a.png 10 x 9 pixels"), read("test/metadata.csv", Split.ALL, false));
    }

    @Test
    void whatIsListedTwiceIsSaid() throws Exception {
        image("x/a.png", "x/b.png");
        table("x/1.csv", "file,label", "a.png,cat", "b.png,dog");
        table("x/2.csv", "file,label", "a.png,cat");
        assertEquals(2, read("", Split.ALL, false).size());
        assertEquals(List.of("1 row lists an image again that is listed before, the first: 'a.png' in row 2 of '%s'. It is read once.".formatted(folder.resolve("x/2.csv"))),
            notes);
        table("x/3.csv", "file,label", "b.png,cat");
        assertEquals("'b.png' is of class 'dog' in row 3 of 'SET/x/1.csv', but of class 'cat' in row 2 of 'SET/x/3.csv'.", failure("", Split.ALL));
    }

    @Test
    void aFolderWithoutTablesOrWithOthersIsNamed() throws Exception {
        image("a.png");
        assertTrue(failure("", Split.ALL).startsWith("The folder 'SET' holds no labels file (.csv, .tsv or .jsonl)."), failure("", Split.ALL));
        table("sizes.csv", "file,width", "a.png,3");
        assertTrue(failure("", Split.ALL).contains("'SET/sizes.csv' has no column that looks like that of the classes"), failure("", Split.ALL));
        assertTrue(failure("", Split.ALL).endsWith("Or choose a single table as 'Labels file' instead of the folder 'SET'."), failure("", Split.ALL));
        assertTrue(assertThrows(IOException.class, () -> read("gone.csv", Split.ALL, false)).getMessage().contains("does not exist"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {"[{\"file_name\": \"a.png\", \"label\": \"cat\"}]", "{ \"images\": [", "{\"file\": \"a.png\", \"label\": \"cat\"} trailing"})
    void otherJsonIsRefusedWithWhatToDo(final String text) throws Exception {
        image("a.png");
        table("l.json", text.strip());
        assertTrue(failure("l.json", Split.ALL).startsWith("Row 1 of 'SET/l.json' is no object of JSON Lines. Write one image a line, such as {\"file_name\""),
            failure("l.json", Split.ALL));
    }

    @Test
    void jsonWithoutColumnsOfFilesIsNamed() throws Exception {
        table("l.json", "{\"images\": [1], \"info\": 3}");
        assertTrue(failure("l.json", Split.ALL).contains("has no column that looks like that of the files. Set the file column to one of info."), failure("l.json", Split.ALL));
    }

    /** Excel's 'Unicode Text' is UTF-16 with tabs; others' have the other order of bytes. */
    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-8"})
    void textsWithAMarkAreRead(final String charset) throws Exception {
        image("caf\u00e9.png");
        write("l.txt", "\ufefffile\tlabel\r\ncaf\u00e9.png\t\"the \"\"cat\"\"\"\r\n\t\r\n\t\r\n".getBytes(Charset.forName(charset)));
        assertEquals(List.of("the \"cat\" caf\u00e9.png 10 x 9 pixels"), read("l.txt", Split.ALL, false));
    }

    @Test
    void barsSeparateAndOtherEncodingsAreExplained() throws Exception {
        image("a.png");
        table("l.csv", "file | label", "a.png | cat, tabby ");
        assertEquals(List.of("cat, tabby a.png 10 x 9 pixels"), read("l.csv", Split.ALL, false));
        write("l.csv", "file;label\na.png;caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(failure("l.csv", Split.ALL).endsWith("is not in UTF-8. Save it as CSV in UTF-8 (in Excel: 'Save As', type 'CSV UTF-8')."), failure("l.csv", Split.ALL));
    }

    @Test
    void aSingleTableInAFolderNamesFilesBesideIt() throws Exception {
        image("train/a.png", "test/a.png", "b.png", "train/b.png");
        table("train/l.csv", "file,label", "a.png,cat", "b.png,dog", "./../test/a.png,cow");
        assertEquals(List.of("cat train/a.png 10 x 9 pixels", "dog b.png 10 x 9 pixels", "cow test/a.png 10 x 9 pixels"), read("train/l.csv", Split.ALL, false));
    }
}
