package org.spectralsignatures.nodes.reader;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.reader.Split;

/** Which part of the set. */
enum Part {
    /** Training. */
    @Label(value = "Training", description = """
        The training images: those below the folder <tt>train</tt> (or <tt>training</tt>), or the whole folder where it is not in such
        parts; the files <tt>data_batch_1.bin</tt> and so on; the files whose names begin with <tt>train</tt>; arrays such as <tt>x_train</tt>;
        Parquet files with the word <tt>train</tt> in their names (<tt>data/train-00000-of-00002.parquet</tt>) or those of their folders, or
        all where no name tells a part. The other parts are told likewise.
        """)
    TRAINING(Split.TRAINING),

    /** Validation. */
    @Label(value = "Validation", description = """
        The images by which a training is watched: those below the folder <tt>val</tt> (or <tt>valid</tt>, <tt>validation</tt>,
        <tt>dev</tt>), or arrays such as <tt>x_val</tt>. CIFAR-10 and IDX have none.
        """)
    VALIDATION(Split.VALIDATION),

    /** Test. */
    @Label(value = "Test", description = """
        The test images: those below the folder <tt>test</tt> (or <tt>testing</tt>), or where there is none those of the validation, with
        a warning; the file <tt>test_batch.bin</tt>; the files whose names begin with
        <tt>t10k</tt>; arrays such as <tt>x_test</tt>.
        """)
    TEST(Split.TEST),

    /** All of them. */
    @Label(value = "All", description = "All parts, in one table.")
    ALL(Split.ALL);

    final Split m_split;

    Part(final Split split) {
        m_split = split;
    }
}
