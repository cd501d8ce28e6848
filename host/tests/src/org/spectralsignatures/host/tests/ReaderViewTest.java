package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

import com.fasterxml.jackson.databind.JsonNode;

/** What the view of the Labelled Image Reader is given of its report. */
class ReaderViewTest {

    private static final String READER = "reader.LabelledImageReaderNodeFactory";

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    @TempDir
    Path folder;

    private Path set() {
        return folder.resolve("set");
    }

    private static byte[] png(final int number, final ImageShape shape) {
        final var pixels = new byte[shape.size()];
        new Random(number).nextBytes(pixels);
        return ImageCodec.encodePng(pixels, shape);
    }

    private void image(final String path, final int number) throws IOException {
        write(path, png(number, SHAPE));
    }

    private void write(final String path, final byte[] content) throws IOException {
        final Path file = set().resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private ShownNode read(final String... settings) throws Exception {
        final var all = new HashMap<>(Map.of("path", set().toString(), "split", "ALL", "skipUnreadable", "true"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new ShownNode(READER, all, folder);
    }

    private static List<String> texts(final JsonNode list, final String field) {
        return StreamSupport.stream(list.spliterator(), false).map(n -> n.get(field).asText()).toList();
    }

    /** Two classes in two parts: a cat that is also a dog, a cat that is also a test image, a dog that is cut off, and a list. */
    private void makeSet() throws IOException {
        for (int i = 0; i < 60; i++) {
            image("train/cat/%02d.png".formatted(i), i);
        }
        image("train/dog/a.png", 100);
        image("train/dog/b.png", 0);
        image("test/cat/c.png", 1);
        image("test/dog/d.png", 101);
        write("train/dog/cut.png", Arrays.copyOf(png(102, SHAPE), 1000));
        write("labels.txt", new byte[]{'x'});
    }

    @Test
    void numbersAreThoseOfTheReport() throws Exception {
        makeSet();
        final JsonNode overview = read().initial();
        final JsonNode report = overview.get("report");
        assertEquals(List.of(64, 1, 0, 1), List.of("read", "faulty", "notChosen", "passedOver").stream().map(f -> report.get(f).asInt()).toList());
        assertEquals("[\"training\",\"test\"]", report.get("parts").toString());
        assertEquals("{\"items\":[{\"label\":\"cat\",\"read\":61,\"faulty\":0,\"notChosen\":0,\"parts\":[60,1],\"few\":false},"
            + "{\"label\":\"dog\",\"read\":3,\"faulty\":1,\"notChosen\":0,\"parts\":[2,1],\"few\":true}],\"more\":0}", report.get("classes").toString());
        assertEquals(50, report.get("fewest").asInt());
        assertEquals(List.of("cut off", "a document"), texts(report.get("reasons"), "text"));
        assertEquals("{\"text\":\"cut off\",\"fault\":true,\"count\":1,\"classes\":1,\"label\":\"dog\",\"endings\":[\"png\"],\"examples\":\"train/dog/cut.png\"}",
            report.at("/reasons/0").toString());
        assertEquals(List.of("1", "32 x 32"), List.of(report.at("/sizes/count").asText(), report.at("/sizes/largest").asText()));
        assertEquals(List.of("RGB"), texts(report.at("/modes/items"), "name"));
        final String notes = overview.get("notes").toString();
        assertTrue(notes.contains("1 of 65 images were skipped: 1 cut off") && notes.contains("same pixels"), notes);
        assertEquals(List.of("64"), texts(overview.get("tables"), "rows"), "the images by class are there, too");
    }

    @Test
    void whatTheImageSizeTakesIsTold() throws Exception {
        makeSet();
        assertEquals("[]", read().initial().at("/report/lost").toString());
        final JsonNode overview = read("imageSize", "CROP", "width", "32", "height", "16").initial();
        assertEquals("[\"64 images: edges cut off, up to 50% of an image\"]", overview.at("/report/lost").toString());
        assertTrue(overview.get("notes").toString().contains("64 images lost edges to get 32 x 16 pixels"), overview.get("notes").toString());
        assertEquals("[\"64 images: made smaller, up to 2.0 pixels of an edge became one\"]",
            read("imageSize", "STRETCH", "width", "32", "height", "16").initial().at("/report/lost").toString());
    }

    @Test
    void twinsOfTwoClassesComeFirstWithTheirPicturesAndFiles() throws Exception {
        makeSet();
        final ShownNode node = read();
        final JsonNode overview = node.initial();
        assertEquals(List.of("OTHER_CLASS", "OTHER_PART"), texts(overview.at("/report/alike"), "relation"));
        assertEquals(List.of("2", "2"), texts(overview.at("/report/alike"), "images"));
        assertEquals(List.of("2", "1"), texts(overview.at("/report/alike"), "classes"));
        assertEquals(1, overview.at("/pairs/total").asInt(), "one pair, though it is one of cat and one of dog");
        final JsonNode pair = overview.at("/pairs/items/0");
        assertEquals(List.of("train/cat/00.png", "cat", "train/dog/b.png", "dog"),
            List.of(pair.at("/first/key").asText(), pair.at("/first/label").asText(), pair.at("/second/key").asText(), pair.at("/second/label").asText()));
        assertEquals(overview.at("/first/items/0/address"), pair.at("/first/address"), "the first image is a twin");
        assertEquals(pair.at("/first/address"), pair.at("/second/address"));
        final JsonNode other = node.call("pairs", "same pixels, another part", 0);
        assertEquals(List.of("test/cat/c.png", "train/cat/01.png"),
            List.of(other.at("/items/0/first/key").asText(), other.at("/items/0/second/key").asText()).stream().sorted().toList());
        assertEquals(0, node.call("pairs", "nearly the same, same class", 0).get("total").asInt());
        assertEquals(3, node.offline(), "two classes and the second kind of twins");
    }

    @Test
    void ofManyTwinsAFewOfEachClassAreKept() throws Exception {
        for (int c = 0; c < 30; c++) {
            for (int i = 0; i < 4; i++) {
                image("class%02d/%d.png".formatted(c, i), c);
            }
        }
        final ShownNode node = read();
        final JsonNode overview = node.initial();
        assertEquals(120, overview.at("/report/alike/0/images").asInt());
        assertEquals(24, overview.at("/pairs/total").asInt());
        assertEquals(6, overview.at("/pairs/items").size());
        assertEquals(6, node.call("pairs", "same pixels, same class", 18).get("items").size());
        assertEquals(List.of("class00", "class01", "class02", "class03", "class04", "class05"), StreamSupport.stream(overview.at("/pairs/items").spliterator(), false)
            .map(p -> p.at("/first/label").asText()).toList(), "each class once before one comes twice");
    }

    @Test
    void pageOfAThousandClassesIsSmallAndSaysWhatItLeavesOut() throws Exception {
        for (int c = 0; c < 1001; c++) {
            image("a class of a usual name %04d/1.png".formatted(c), c);
            if (c % 2 == 0) {
                write("a class of a usual name %04d/cut.png".formatted(c), Arrays.copyOf(png(c, SHAPE), 500));
            }
        }
        final JsonNode overview = read().initial();
        assertEquals(1000, overview.at("/report/classes/items").size());
        assertEquals(1, overview.at("/report/classes/more").asInt());
        assertEquals(1001, overview.at("/report/read").asInt());
        assertEquals("501 classes", overview.at("/report/reasons/0/classes").asText() + " classes");
        assertTrue(overview.at("/report/reasons/0/examples").asText().endsWith("0008/cut.png and 496 more"), overview.at("/report/reasons/0").toString());
        assertTrue(overview.toString().length() < 600_000, overview.toString().length() + " characters");
    }

    @Test
    void whatWasSavedBeforeThereWasAReportShowsTheImages() throws Exception {
        makeSet();
        final ShownNode node = read();
        node.keep(1);
        final JsonNode overview = node.initial();
        assertTrue(overview.get("report").isNull());
        assertEquals(30, overview.at("/first/items").size());
        assertEquals(0, node.call("pairs", "same pixels, another class", 0).get("total").asInt());
        assertEquals(3, node.call("page", 0, 1, 0).get("total").asInt());
    }

    @Test
    void leftOutByTheSettingsIsNoFault() throws Exception {
        makeSet();
        final JsonNode report = read("imagesPerClass", "2").initial().get("report");
        assertEquals(List.of(0, 4), List.of(report.at("/classes/items/0/faulty").asInt(), report.get("read").asInt()));
        assertTrue(report.get("notChosen").asInt() >= 59, report.toString());
        assertEquals("a document", report.at("/reasons/" + (report.get("reasons").size() - 2) + "/text").asText());
        assertEquals("not chosen", report.at("/reasons/" + (report.get("reasons").size() - 1) + "/text").asText());
    }
}
