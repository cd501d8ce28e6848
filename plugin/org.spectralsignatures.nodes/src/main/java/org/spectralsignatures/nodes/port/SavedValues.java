package org.spectralsignatures.nodes.port;

import java.util.Arrays;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;

/** Values of saved port objects, which may be missing, null or none of those that are allowed. */
final class SavedValues {

    private SavedValues() {
    }

    /** @return a text that is not null */
    static String text(final ModelContentRO model, final String key) throws InvalidSettingsException {
        final String text = model.getString(key);
        if (text == null) {
            throw new InvalidSettingsException("'%s' has no value.".formatted(key));
        }
        return text;
    }

    /** @return texts, none of them null */
    static String[] texts(final ModelContentRO model, final String key) throws InvalidSettingsException {
        final String[] texts = model.getStringArray(key);
        if (texts == null || Arrays.asList(texts).contains(null)) {
            throw new InvalidSettingsException("'%s' has a value that is missing.".formatted(key));
        }
        return texts;
    }

    /** @return numbers, as many as there should be */
    static int[] numbers(final ModelContentRO model, final String key, final int count) throws InvalidSettingsException {
        final int[] numbers = model.getIntArray(key);
        if (numbers == null || numbers.length != count) {
            throw new InvalidSettingsException("'%s' has %d values, but should have %d.".formatted(key, numbers == null ? 0 : numbers.length, count));
        }
        return numbers;
    }

    /** @return one of the constants of an enum */
    static <E extends Enum<E>> E choice(final ModelContentRO model, final String key, final Class<E> type) throws InvalidSettingsException {
        final String name = text(model, key);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new InvalidSettingsException("'%s' is '%s', but must be one of %s.".formatted(key, name, Arrays.toString(type.getEnumConstants())));
    }
}
