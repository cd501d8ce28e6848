package org.spectralsignatures.spark.vector;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.parquet.HuggingFaceFeature;
import org.spectralsignatures.spark.Refusal;

/**
 * The names of classes that stand in a column as numbers, where Hugging Face's datasets noted them in the Parquet file.
 *
 * @param column name of the column
 * @param names by the numbers from 0; empty if the file tells none
 */
public record LabelNames(String column, List<String> names) implements Serializable {

    private static final int SHOWN = 5;

    /**
     * @param place of Parquet files, which are of one set: the first one is looked at
     * @param column name of the column
     * @param type of the column
     * @param configuration of Hadoop
     * @return what the file notes
     * @throws Refusal if what it notes cannot be read
     */
    public static LabelNames of(final String place, final String column, final DataType type, final Configuration configuration) throws IOException {
        if (!(type instanceof LongType || type instanceof IntegerType || type instanceof ShortType || type instanceof ByteType)) {
            return new LabelNames(column, List.of());
        }
        final Path file = first(place, configuration);
        if (file == null) {
            return new LabelNames(column, List.of());
        }
        final Map<String, String> notes;
        try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
            notes = reader.getFileMetaData().getKeyValueMetaData();
        }
        final String note = notes.get(HuggingFaceFeature.KEY);
        if (note == null) {
            return new LabelNames(column, List.of());
        }
        try {
            final HuggingFaceFeature feature = HuggingFaceFeature.parse(note).get(column);
            final boolean named = feature != null && feature.type().equals(HuggingFaceFeature.CLASS_LABEL);
            return new LabelNames(column, named ? List.copyOf(feature.names()) : List.of());
        } catch (IOException e) {
            throw new Refusal("'%s': %s".formatted(file, e.getMessage()));
        }
    }

    private static Path first(final String place, final Configuration configuration) throws IOException {
        final var path = new Path(place);
        final FileSystem files = path.getFileSystem(configuration);
        final var found = files.listFiles(path, true);
        Path first = null;
        while (found.hasNext()) {
            final var next = found.next();
            final String name = next.getPath().getName().toLowerCase(Locale.ROOT);
            if (!name.startsWith("_") && !name.startsWith(".") && next.getLen() > 0 && (first == null || next.getPath().compareTo(first) < 0)) {
                first = next.getPath();
            }
        }
        return first;
    }

    /** @return whether there are names */
    public boolean known() {
        return !names.isEmpty();
    }

    /**
     * @param number the column
     * @return the names in its place, as texts; numbers without a name stay numbers
     */
    public Column named(final Column number) {
        final Column text = number.cast(DataTypes.StringType);
        if (names.isEmpty()) {
            return text;
        }
        final Column all = array(names.stream().map(name -> lit(name)).toArray(Column[]::new));
        return when(number.between(0, names.size() - 1), element_at(all, number.cast(DataTypes.IntegerType).plus(1))).otherwise(text);
    }

    /** @return what is wrong with a label that has no name */
    public String unnamed(final String label) {
        return "The column '%s' holds %s, but the file names the classes 0 to %d alone.".formatted(column, label, names.size() - 1);
    }

    /** @return that names are taken, as a sentence */
    public String sentence() {
        return "The numbers in '%s' are named as the file notes it for Hugging Face: %s%s (%d classes).".formatted(column,
            ClassNames.join(names.subList(0, Math.min(SHOWN, names.size()))), names.size() > SHOWN ? " and more" : "", names.size());
    }
}
