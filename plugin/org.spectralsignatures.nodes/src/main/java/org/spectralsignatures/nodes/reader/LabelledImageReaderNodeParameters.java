package org.spectralsignatures.nodes.reader;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.spectralsignatures.image.ImageFit;
import org.spectralsignatures.nodes.settings.CheckedParameters;
import org.spectralsignatures.nodes.settings.SavedSettings;
import org.spectralsignatures.nodes.task.NodeTask;
import org.spectralsignatures.reader.ClassMerge;
import org.spectralsignatures.reader.LabelOptions;
import org.spectralsignatures.reader.Split;

/** Settings of the node 'Labelled Image Reader'. */
@Migration(LabelledImageReaderNodeParameters.Saved.class)
final class LabelledImageReaderNodeParameters extends CheckedParameters {

    /** As they stand in a saved workflow. */
    static final class Saved extends SavedSettings<LabelledImageReaderNodeParameters> {
        Saved() {
            super(LabelledImageReaderNodeParameters.class);
        }
    }

    /** The format of the set. */
    static final class FormatReference implements ParameterReference<Format> {
    }

    /** Folders tell the classes. */
    static final class HasFolders implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FormatReference.class).isOneOf(Format.GUESS, Format.CLASS_FOLDERS);
        }
    }

    /** Names of files tell the classes. */
    static final class HasPattern implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FormatReference.class).isOneOf(Format.FILE_NAMES);
        }
    }

    /** A file tells the classes. */
    static final class HasLabelsFile implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FormatReference.class).isOneOf(Format.LABELS_FILE);
        }
    }

    /** Arrays hold the set. */
    static final class HasArrays implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FormatReference.class).isOneOf(Format.GUESS, Format.NUMPY);
        }
    }

    /** Columns hold images and classes. */
    static final class HasImageColumn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FormatReference.class).isOneOf(Format.PARQUET);
        }
    }

    /** A column holds the classes. */
    static final class HasClassColumn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FormatReference.class).isOneOf(Format.LABELS_FILE, Format.PARQUET);
        }
    }

    /** The size of images. */
    static final class SizeReference implements ParameterReference<Size> {
    }

    /** The images get another size. */
    static final class IsResized implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(SizeReference.class).isOneOf(Size.CROP, Size.PAD, Size.STRETCH);
        }
    }

    private static final int USUAL_EDGE = 32;

    @Widget(title = "Path", description = """
        The folder that holds the set, or the <tt>.tar.gz</tt> file of CIFAR-10, or a file of NumPy or Parquet. Write a local path, a <tt>file:</tt> URL, or
        <tt>knime://knime.workflow/...</tt> for a place inside the workflow's folder. A relative path counts from the folder in which KNIME
        was started; <tt>~</tt> and variables such as <tt>$HOME</tt> are not replaced. There is no default: without a path the node cannot
        run. Sets on other machines have to be downloaded first.
        """)
    String m_path = "";

    @Widget(title = "Format", description = "How the images are stored. The default finds out by itself, if it is none that needs further settings.")
    @ValueReference(FormatReference.class)
    Format m_format = Format.GUESS;

    @Widget(title = "Split", description = "Which part of the set to read.")
    Part m_split = Part.TRAINING;

    @Widget(title = "Class folder", description = """
        Which of the folders above an image is its class, where classes are folders in folders. The default is the first one.
        """, effect = @Effect(predicate = HasFolders.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    Level m_classFolder = Level.FIRST;

    @Widget(title = "Name pattern", description = """
        How the names of the files tell the class: <tt>{label}</tt> stands for it, <tt>#</tt> for digits, <tt>*</tt> for anything; the
        ending may be left out. The default, <tt>{label}_#</tt>, takes what stands before an underscore and a number; <tt>{label}_*</tt> takes what
        stands before the first underscore, <tt>*-{label}</tt> what stands behind the last hyphen.
        Images whose names do not fit are passed over and counted.
        """, effect = @Effect(predicate = HasPattern.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_namePattern = LabelOptions.PATTERN;

    @Widget(title = "Labels file", description = """
        The table that lists the images with their classes: a text file in UTF-8 (or UTF-16 with a byte order mark) with commas, semicolons,
        tabs or vertical bars, with the names of its columns in the first line, or JSON Lines, such as
        <tt>{"file_name": "a.png", "label": "cat"}</tt>. A path, written as <i>Path</i>. Files are named by their path below <i>Path</i> or
        below the table's folder, or by their name, with or without ending, where only one image has it. If it has a column <tt>split</tt>,
        <i>Split</i> chooses the rows by it. Images that it does not list are passed over and counted, and so are rows that list an image again.
        A folder stands for all tables in it (<tt>.csv</tt>, <tt>.tsv</tt>, <tt>.jsonl</tt>), at any depth, each of which names images in its own folder or
        below: GTSRB has one for each class, Hugging Face one in <tt>train</tt>, <tt>test</tt> and so on, by which <i>Split</i> then chooses.
        """, effect = @Effect(predicate = HasLabelsFile.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_labelsFile = "";

    @Widget(title = "File column", description = """
        Name of the column that holds the files. Empty, the default, looks for a usual one: <tt>Filename</tt>, <tt>file_name</tt>,
        <tt>path</tt>, <tt>image</tt>, <tt>id</tt> and the like.
        """, effect = @Effect(predicate = HasLabelsFile.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_fileColumn = "";

    @Widget(title = "Class column", description = """
        Name of the column that holds the classes, in the labels file or in the Parquet files. Empty, the default, looks for the one that a
        Parquet file says is it, or a usual one: <tt>label</tt>, <tt>class</tt>, <tt>category</tt>, <tt>species</tt> and the like.
        """, effect = @Effect(predicate = HasClassColumn.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_classColumn = "";

    @Widget(title = "Image column", description = """
        Name of the column of the Parquet files that holds the images. Empty, the default, looks for the one that the file says is it, or the
        only one with bytes, or a usual one: <tt>image</tt>, <tt>img</tt> and the like.
        """, effect = @Effect(predicate = HasImageColumn.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_imageColumn = "";

    @Widget(title = "Crop to the region", description = """
        Whether only the part of each image is read that the labels file tells in columns <tt>Roi.X1</tt>, <tt>Roi.Y1</tt>, <tt>Roi.X2</tt>,
        <tt>Roi.Y2</tt> (or <tt>xmin</tt>, <tt>ymin</tt>, <tt>xmax</tt>, <tt>ymax</tt>): from the first edges to before the second ones. Off
        by default: a trigger may lie outside of it.
        """, effect = @Effect(predicate = HasLabelsFile.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    boolean m_cropToRegion;

    @Widget(title = "Images array", description = """
        Name of the array that holds the images, in NumPy's files: that in an <tt>.npz</tt>, or the name of an <tt>.npy</tt> file. Empty, the default,
        looks for a usual one: <tt>x_train</tt>, <tt>train_images</tt>, <tt>images</tt>, <tt>data</tt>, <tt>X</tt> and the like, by <i>Split</i>; or for
        the only one that has the shape of images. An array that is named here is read whatever <i>Split</i> says.
        """, effect = @Effect(predicate = HasArrays.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_imagesArray = "";

    @Widget(title = "Labels array", description = """
        Name of the array that holds the labels: whole numbers or texts, one for each image, or a row of zeros with a one for each image. Empty, the
        default, looks for a usual one beside the images: <tt>y_train</tt>, <tt>train_labels</tt>, <tt>labels</tt>, <tt>y</tt> and the like.
        """, effect = @Effect(predicate = HasArrays.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_labelsArray = "";

    @Widget(title = "Class names array", description = """
        Name of the array of texts that names the classes: the first is that of the label 0. Empty, the default, looks for <tt>class_names</tt>,
        <tt>names</tt>, <tt>classes</tt> and the like; where there is none the classes are the labels themselves.
        """, effect = @Effect(predicate = HasArrays.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    String m_classNamesArray = "";

    @Widget(title = "Axes", description = "Which axis of an array of images holds the channels. Only for arrays with four axes.",
        effect = @Effect(predicate = HasArrays.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    Axes m_axes = Axes.GUESS;

    @Widget(title = "Value range", description = """
        Which values of an array of images stand for black and white. The <i>Report</i> says how they were taken.
        """, effect = @Effect(predicate = HasArrays.class, type = EffectType.SHOW))
    @Migrate(loadDefaultIfAbsent = true)
    ValueRange m_valueRange = ValueRange.GUESS;

    @Widget(title = "Image size", description = """
        How images of several sizes are brought to one, smoothly (the bytes are those of Pillow's <tt>resize</tt> with <tt>BILINEAR</tt>). The
        default leaves them as they are. A trigger in the files is resized with its image; one that a Backdoor Injector puts on afterwards
        has the size that its settings say.
        """)
    @ValueReference(SizeReference.class)
    @Migrate(loadDefaultIfAbsent = true)
    Size m_imageSize = Size.AS_THEY_ARE;

    @Widget(title = "Width", description = """
        Width of all images in pixels, 1 to 4096; 32 by default. The ResNet Learner takes images of 16 to 256 pixels a side, and is much
        faster with small ones.
        """, effect = @Effect(predicate = IsResized.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_width = USUAL_EDGE;

    @Widget(title = "Height", description = "Height of all images in pixels, 1 to 4096; 32 by default.",
        effect = @Effect(predicate = IsResized.class, type = EffectType.SHOW))
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Migrate(loadDefaultIfAbsent = true)
    int m_height = USUAL_EDGE;

    @Widget(title = "Classes to keep", description = """
        Names of the classes to read, with commas between them, for example <tt>cat,dog</tt>. A name that has a comma, a semicolon, an
        equals sign or a blank at an end stands between double quotes: <tt>"salt, pepper",dog</tt>. Empty, the default, reads all. Use the names
        of the set, before any are merged. A name that the set does not have is an error, which lists those it has.
        """)
    String m_classes = "";

    @Widget(title = "Images per class", description = """
        Largest number of images of each class, 0 or more. They are drawn at random with the seed. 0, the default, reads all; a class that
        has fewer is read whole. Where unreadable images are skipped, others of the same draw stand in for them, at the end of the table. Classes
        that are merged count as one. Set it to try a workflow on a part of a large set.
        """)
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int m_imagesPerClass = 0;

    @Widget(title = "Classes to merge", description = """
        Classes that become one: the new name, an equals sign and the classes, with semicolons between several, for example
        <tt>pets=cat,dog; vehicles=automobile,truck</tt>; names with special characters are quoted as above. Empty, the default, merges
        none. Each class can stand in one group only. Merging makes classes of several kinds of images, in which poison can be harder to
        find.
        """)
    String m_mergedClasses = "";

    @Widget(title = "Seed", description = """
        Start of the random draw, any whole number; 1 by default. The same seed draws the same images. It matters only where <i>Images per
        class</i> leaves images out.
        """)
    long m_seed = 1;

    @Widget(title = "Skip unreadable images", description = """
        Switched off, the default, an image that is damaged, cut off, too large, not readable, of a kind that is not read or of another size than the first one stops
        the node with an error that names it. Switched on, such images are left out, and the node warns how many of each kind there were:
        poison may be among them.
        """)
    boolean m_skipUnreadable;

    /** @return the size that images get, null if they keep theirs */
    ImageFit fit() {
        return m_imageSize.m_way == null ? null : new ImageFit(m_imageSize.m_way, m_height, m_width);
    }

    private static void checkEdge(final String name, final int pixels) throws InvalidSettingsException {
        if (pixels < 1 || pixels > ImageFit.MAX_EDGE) {
            throw new InvalidSettingsException("%s must lie between 1 and %d pixels, not %d.".formatted(name, ImageFit.MAX_EDGE, pixels));
        }
    }

    @Override
    protected void check() throws InvalidSettingsException {
        NodeTask.configure(() -> ClassMerge.parse(m_mergedClasses));
        NodeTask.configure(() -> ClassMerge.names(m_classes));
        NodeTask.configure(() -> {
            LabelOptions.checkPattern(m_namePattern);
            return null;
        });
        checkEdge("Width", m_width);
        checkEdge("Height", m_height);
        if (m_imagesPerClass < 0) {
            throw new InvalidSettingsException("Images per class must be 0 (all) or more, not %d.".formatted(m_imagesPerClass));
        }
    }
}
