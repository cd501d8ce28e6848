package org.spectralsignatures.nodes.reader;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.reader.ArrayOptions;

/** What white is. */
enum ValueRange {
    /** By the values. */
    @Label(value = "Guess", description = """
        Whole numbers lie between 0 and 255. Numbers with a fraction lie between 0 and 1 where none of the array is larger than 1, and between 0
        and 255 where one is larger than 32.
        """)
    GUESS(ArrayOptions.Range.GUESS),

    /** One. */
    @Label(value = "0 to 1", description = "White is 1: values are multiplied by 255 and rounded.")
    UNIT(ArrayOptions.Range.UNIT),

    /** 255. */
    @Label(value = "0 to 255", description = "White is 255: values are rounded.")
    BYTE(ArrayOptions.Range.BYTE);

    final ArrayOptions.Range m_range;

    ValueRange(final ArrayOptions.Range range) {
        m_range = range;
    }
}
