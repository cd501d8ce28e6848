package org.spectralsignatures.nodes.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.blob.BinaryObjectDataValue;
import org.knime.core.data.image.ImageValue;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.image.ClassNames;

/**
 * A column that a setting left to be guessed.
 *
 * @param name of the column, empty if there is none of its kind
 * @param warning that says what was guessed, empty where the column has the very name that our nodes give it, or is the only one
 */
record ColumnGuess(String name, String warning) {

    private static final Set<String> LABEL_NAMES = Set.of("label", "labels", "class", "classes", "target", "category", "class label", "class name", "class_name");

    /** Made by our nodes from the labels, or beside them. */
    private static final String PREDICTION = "Prediction";

    /** @return the column of PNG images, or else of images of any kind, as KNIME's readers make them where they may meet others, or else of binary objects */
    static ColumnGuess image(final DataTableSpec spec) {
        List<String> names = names(spec, PNGImageValue.class);
        names = names.isEmpty() ? names(spec, ImageValue.class) : names;
        names = names.isEmpty() ? names(spec, BinaryObjectDataValue.class) : names;
        if (names.isEmpty()) {
            return new ColumnGuess("", "");
        }
        return names.size() == 1 || names.contains(ImageTableSpec.IMAGE)
            ? new ColumnGuess(names.contains(ImageTableSpec.IMAGE) ? ImageTableSpec.IMAGE : names.get(0), "")
            : new ColumnGuess(names.get(0), "The images are taken from the column '%s', the first of %s: choose 'Image column' to be sure."
                .formatted(names.get(0), String.join(", ", names)));
    }

    /**
     * @return 'Label', or else the only column that is named like one, or else the only one whose domain lists values, or else the
     *         only one of strings
     * @throws InvalidSettingsException if it is not clear; the message says among which to choose
     */
    static ColumnGuess label(final DataTableSpec spec) throws InvalidSettingsException {
        final List<String> strings = names(spec, StringValue.class).stream().filter(n -> !n.equals(PREDICTION)).toList();
        if (strings.isEmpty() || strings.contains(ImageTableSpec.LABEL)) {
            return new ColumnGuess(ImageTableSpec.LABEL, "");
        }
        final List<String> named = strings.stream().filter(n -> LABEL_NAMES.contains(n.strip().toLowerCase(Locale.ROOT))).toList();
        final List<String> nominal = strings.stream().filter(n -> spec.getColumnSpec(n).getDomain().hasValues()).toList();
        for (List<String> candidates : List.of(named, nominal, strings)) {
            if (candidates.size() == 1) {
                return new ColumnGuess(candidates.get(0), "The classes are taken from the column '%s', since there is no column 'Label':"
                    .formatted(candidates.get(0)) + " choose 'Label column' to be sure.");
            }
            if (candidates.size() > 1) {
                throw new InvalidSettingsException("It is not clear which column holds the classes: choose 'Label column' among %s."
                    .formatted(ClassNames.join(candidates)));
            }
        }
        throw new IllegalStateException("There are strings.");
    }

    private static List<String> names(final DataTableSpec spec, final Class<? extends DataValue> type) {
        return spec.stream().filter(c -> c.getType().isCompatible(type) && !ImageCells.isImgPlus(c.getType())).map(DataColumnSpec::getName).toList();
    }
}
