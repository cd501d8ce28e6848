package org.spectralsignatures.nodes.reader;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.reader.ClassLevel;

/** Which folder is the class. */
enum Level {
    /** The first. */
    @Label(value = "First below the path", description = """
        The first folder below the path, or below <tt>train</tt> and so on: images in <tt>cat/tabby</tt> are cats.
        """)
    FIRST(ClassLevel.FIRST),

    /** The last. */
    @Label(value = "Where the image lies", description = "The folder that holds the image: those in <tt>cat/tabby</tt> are of the class tabby.")
    LAST(ClassLevel.LAST);

    final ClassLevel m_level;

    Level(final ClassLevel level) {
        m_level = level;
    }
}
