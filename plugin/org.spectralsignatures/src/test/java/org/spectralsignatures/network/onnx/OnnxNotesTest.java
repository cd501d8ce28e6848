package org.spectralsignatures.network.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;

/** What is noted in a file is understood again; notes of strangers are not believed. */
class OnnxNotesTest {

    private static final OnnxReading READING = new OnnxReading("logits", false, Layout.NHWC, ColourOrder.BGR, 0);

    static List<ImagePreparation> preparations() {
        return List.of(ImagePreparation.SHARES, ImagePreparation.SYMMETRIC, ImagePreparation.BYTES, ImagePreparation.IMAGENET, new ImagePreparation.Standardised(),
            new ImagePreparation.Scaled(List.of(-1e-300, 0.1 + 0.2, 1e300), List.of(Double.MIN_VALUE, 3., 1 / 3.)));
    }

    private static NetworkDescription description(final ImagePreparation preparation, final List<String> classes, final String said) {
        final var images = new LayerInfo(LayerInfo.INPUT, 3, 20, 30);
        return new NetworkDescription(new ImageShape(3, 20, 30), classes, List.of(images, new LayerInfo("body", 5, 1, 1)), "body", Map.of(OnnxNotes.SAID, said), null, preparation);
    }

    @ParameterizedTest
    @MethodSource("preparations")
    void whatIsNotedIsUnderstood(final ImagePreparation preparation) throws Exception {
        final Map<String, String> notes = OnnxNotes.of(description(preparation, List.of("a", "b"), ""), READING);
        final OnnxOptions options = OnnxNotes.complete(OnnxOptions.DEFAULT, notes);
        assertEquals(new OnnxOptions(List.of(), 20, 30, preparation, ColourOrder.BGR, Layout.NHWC, "logits", OnnxOptions.Outputs.LOGITS, ""), options);
        assertEquals(List.of("a", "b"), OnnxNotes.classes(notes, 2));
        final var told = new OnnxOptions(List.of("c"), 1, 2, ImagePreparation.SHARES, ColourOrder.RGB, Layout.NCHW, "x", OnnxOptions.Outputs.PROBABILITIES, "y");
        assertEquals(new OnnxOptions(List.of("c"), 1, 2, ImagePreparation.SHARES, ColourOrder.RGB, Layout.NCHW, "x", OnnxOptions.Outputs.PROBABILITIES, "y"),
            OnnxNotes.complete(told, notes), "what the user says comes first");
    }

    @Test
    void guessesAreNotNoted() throws Exception {
        final Map<String, String> notes = OnnxNotes.of(description(ImagePreparation.SHARES, List.of("0", "1"), "from 0 to 1" + OnnxNotes.GUESSED), READING);
        assertEquals(null, OnnxNotes.complete(OnnxOptions.DEFAULT, notes).preparation());
        assertEquals(List.of(), OnnxNotes.classes(notes, 2));
    }

    @Test
    void nothingIsNotedInFilesOfOthers() throws Exception {
        assertEquals(OnnxOptions.DEFAULT, OnnxNotes.complete(OnnxOptions.DEFAULT, Map.of("author", "somebody")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"preparation|upside down|Preparation of images",
        "preparation|less 1, 2, x, divided by 1, 1, 1, of values from 0 to 255|Preparation of images",
        "preparation|less 1, 2, NaN, divided by 1, 1, 1, of values from 0 to 255|Preparation of images",
        "preparation|less 1, 2, 3, divided by 1, 1, 0, of values from 0 to 255|Preparation of images",
        "height|-5|Height", "width|99999999999|Width", "layout|NCWH|Layout of images", "values of the output|odds|Values of the output"})
    void notesThatAreNotUnderstoodAreNamed(final String note, final String value, final String setting) {
        final Map<String, String> notes = new HashMap<>(OnnxNotes.of(description(ImagePreparation.BYTES, List.of("a", "b"), ""), READING));
        notes.put(OnnxNotes.OURS + note, value);
        final String message = assertThrows(OnnxFormatException.class, () -> OnnxNotes.complete(OnnxOptions.DEFAULT, notes)).getMessage();
        assertTrue(message.contains("'" + OnnxNotes.OURS + note + "' is '" + value + "'") && message.contains(setting), message);
    }
}
