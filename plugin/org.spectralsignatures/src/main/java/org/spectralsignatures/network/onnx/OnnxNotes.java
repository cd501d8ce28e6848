package org.spectralsignatures.network.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.spectralsignatures.network.ImagePreparation;
import org.spectralsignatures.network.NetworkDescription;

/** What this library notes in the metadata of the ONNX files that it writes: classes and preparation, and of networks that were read how they are run. */
public final class OnnxNotes {

    /** How images are prepared: {@link #RAW}, or what {@link #text} says. */
    public static final String PREPARATION = "spectralsignatures.preparation";

    /** The network takes the bytes of images as they are. */
    public static final String RAW = "values from 0 to 255";

    /** Where the provenance of a network says how images are prepared, in words. */
    public static final String SAID = "preparation";

    /** Behind those words where nobody said it: a guess is not noted, or it would be taken for a fact. */
    static final String GUESSED = ", for want of a setting";

    static final String DEFAULT_LAYER = "spectralsignatures.default layer";

    private static final int METADATA = 14;

    /** Begins the names of all notes. */
    static final String OURS = "spectralsignatures.";

    private static final String CLASS = "spectralsignatures.class.";

    private static final String PROVENANCE = "spectralsignatures.provenance.";

    private static final String HEIGHT = "spectralsignatures.height";

    private static final String WIDTH = "spectralsignatures.width";

    private static final String LAYOUT = "spectralsignatures.layout";

    private static final String COLOURS = "spectralsignatures.colours";

    private static final String OUTPUT = "spectralsignatures.output";

    private static final String VALUES = "spectralsignatures.values of the output";

    private static final String STANDARDISED = new ImagePreparation.Standardised().describe();

    /** Three means and three deviations, for values from 0 to 255. */
    private static final Pattern SCALED = Pattern.compile("less ([^,]+), ([^,]+), ([^,]+), divided by ([^,]+), ([^,]+), ([^,]+), of values from 0 to 255");

    private OnnxNotes() {
    }

    /** @return what is noted of a network of this library, whose file prepares images itself */
    static Map<String, String> of(final NetworkDescription description) {
        final Map<String, String> notes = new LinkedHashMap<>();
        notes.put(PREPARATION, RAW);
        notes.put(DEFAULT_LAYER, description.defaultLayer());
        for (int c = 0; c < description.classes().size(); c++) {
            notes.put(key(c), description.classes().get(c));
        }
        description.provenance().forEach((key, value) -> notes.put(PROVENANCE + key, value));
        return notes;
    }

    /** @return what is noted of a network that was read, so that it is read in the same way again without being told how */
    static Map<String, String> of(final NetworkDescription description, final OnnxReading reading) {
        final Map<String, String> notes = of(description);
        if (description.provenance().getOrDefault(SAID, "").endsWith(GUESSED)) {
            notes.remove(PREPARATION);
        } else {
            notes.put(PREPARATION, text(description.preparation()));
        }
        if (description.classes().equals(numbers(description.classes().size()))) { // which nobody named
            notes.keySet().removeIf(key -> key.startsWith(CLASS));
        }
        notes.put(HEIGHT, Integer.toString(description.shape().height()));
        notes.put(WIDTH, Integer.toString(description.shape().width()));
        notes.put(LAYOUT, reading.layout().name());
        notes.put(COLOURS, reading.order().name());
        notes.put(OUTPUT, reading.output());
        notes.put(VALUES, (reading.probabilities() ? OnnxOptions.Outputs.PROBABILITIES : OnnxOptions.Outputs.LOGITS).name());
        return notes;
    }

    /** @return what classes are called that nobody named */
    static List<String> numbers(final int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static String text(final ImagePreparation preparation) {
        if (preparation.equals(ImagePreparation.BYTES)) {
            return RAW;
        }
        return preparation instanceof ImagePreparation.Scaled scaled ? "less %s, divided by %s, of values from 0 to 255".formatted(listed(scaled.means()),
            listed(scaled.deviations())) : STANDARDISED;
    }

    private static String listed(final List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /**
     * @param options what the user says
     * @param metadata of a file
     * @return the same, with what the file notes where the user says nothing; classes and default layer are left to {@link OnnxInspection}
     * @throws OnnxFormatException if the file notes what cannot be understood
     */
    static OnnxOptions complete(final OnnxOptions options, final Map<String, String> metadata) throws OnnxFormatException {
        final String values = metadata.get(VALUES);
        final String layout = metadata.get(LAYOUT);
        final String colours = metadata.get(COLOURS);
        return new OnnxOptions(options.classes(), options.height() == 0 ? side(metadata, HEIGHT) : options.height(), options.width() == 0 ? side(metadata, WIDTH) : options.width(),
            options.preparation() == null ? preparation(metadata.get(PREPARATION)) : options.preparation(),
            options.colours() != null || colours == null ? options.colours() : known(ColourOrder.values(), colours, COLOURS, "Colours"),
            options.layout() != null || layout == null ? options.layout() : known(Layout.values(), layout, LAYOUT, "Layout of images"),
            options.output().isBlank() ? metadata.getOrDefault(OUTPUT, "") : options.output(),
            options.outputs() != OnnxOptions.Outputs.GUESS || values == null ? options.outputs() : known(OnnxOptions.Outputs.values(), values, VALUES, "Values of the output"),
            options.defaultLayer());
    }

    private static <E extends Enum<E>> E known(final E[] all, final String name, final String note, final String setting) throws OnnxFormatException {
        return Stream.of(all).filter(e -> e.name().equals(name)).findFirst().orElseThrow(() -> unknown(note, name, setting));
    }

    private static OnnxFormatException unknown(final String note, final String value, final String setting) {
        return new OnnxFormatException("its note '%s' is '%s', which this version does not know: set '%s'".formatted(note, OnnxText.shown(value), setting));
    }

    private static int side(final Map<String, String> metadata, final String note) throws OnnxFormatException {
        final String value = metadata.getOrDefault(note, "0");
        if (!value.matches("\\d{1,6}")) {
            throw unknown(note, value, "Width' and 'Height");
        }
        return Integer.parseInt(value);
    }

    private static ImagePreparation preparation(final String text) throws OnnxFormatException {
        if (text == null) {
            return null;
        }
        if (text.equals(RAW)) {
            return ImagePreparation.BYTES;
        }
        if (text.equals(STANDARDISED)) {
            return new ImagePreparation.Standardised();
        }
        final Matcher scaled = SCALED.matcher(text);
        if (scaled.matches()) {
            try {
                final var numbers = new ArrayList<Double>();
                for (int i = 1; i <= scaled.groupCount(); i++) {
                    numbers.add(Double.valueOf(scaled.group(i)));
                }
                return new ImagePreparation.Scaled(numbers.subList(0, ImagePreparation.COLOURS), numbers.subList(ImagePreparation.COLOURS, numbers.size()));
            } catch (IllegalArgumentException e) { // NOSONAR said below
            }
        }
        throw unknown(PREPARATION, text, "Preparation of images");
    }

    /** @return what whoever made a file noted, and these of ours in place of those of ours that it had */
    static Map<String, String> beside(final Map<String, String> metadata, final Map<String, String> ours) {
        final Map<String, String> notes = new LinkedHashMap<>();
        metadata.forEach((key, value) -> {
            if (!key.startsWith(OURS) && !key.isEmpty() && !value.isEmpty()) {
                notes.put(key, value);
            }
        });
        notes.putAll(ours);
        return notes;
    }

    /** @return notes of a model as fields of its file */
    static byte[] fields(final Map<String, String> notes) {
        final var fields = new WireWriter();
        notes.forEach((key, value) -> fields.message(METADATA, new WireWriter().text(1, key).text(2, value)));
        return fields.bytes();
    }

    private static String key(final int label) {
        return CLASS + label;
    }

    /** @return names of classes, empty unless the notes have all of them */
    static List<String> classes(final Map<String, String> metadata, final int count) {
        final var classes = new ArrayList<String>();
        for (int c = 0; c < count && metadata.containsKey(key(c)); c++) {
            classes.add(metadata.get(key(c)));
        }
        return classes.size() == count ? classes : List.of();
    }
}
