package org.spectralsignatures.spark.vector;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

import org.apache.hadoop.conf.Configuration;
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
import org.spectralsignatures.spark.step.InputFiles;

/**
 * The names of classes that stand in a column as numbers, where Hugging Face's datasets noted them in the Parquet file.
 *
 * @param column name of the column
 * @param names by the numbers from 0; empty if the file tells none
 */
public record LabelNames(String column, List<String> names) implements Serializable {

    private static final int SHOWN = 5;

    /**
     * @param place of Parquet files, which are of one set: the first one that holds anything is looked at
     * @param column name of the column
     * @param type of the column
     * @param configuration of Hadoop
     * @return what the file notes
     * @throws Refusal if the file, or what it notes, cannot be read
     */
    public static LabelNames of(final String place, final String column, final DataType type, final Configuration configuration) throws IOException {
        if (!(type instanceof LongType || type instanceof IntegerType || type instanceof ShortType || type instanceof ByteType)) {
            return new LabelNames(column, List.of());
        }
        final Path file = InputFiles.first(place, configuration);
        if (file == null) {
            return new LabelNames(column, List.of());
        }
        final String note = notes(file, configuration).get(HuggingFaceFeature.KEY);
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

    private static Map<String, String> notes(final Path file, final Configuration configuration) {
        try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
            return reader.getFileMetaData().getKeyValueMetaData();
        } catch (IOException | RuntimeException e) { // NOSONAR the library says so of a file that is no Parquet
            throw new Refusal("'%s' cannot be read as Parquet: %s".formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }

    /** @return whether there are names */
    public boolean known() {
        return !names.isEmpty();
    }

    /**
     * @param number the column
     * @return the names in its place, as texts; what is {@link #unnamed} stays a number
     */
    public Column named(final Column number) {
        final Column text = number.cast(DataTypes.StringType);
        if (names.isEmpty()) {
            return text;
        }
        final Column all = array(names.stream().map(name -> lit(name)).toArray(Column[]::new));
        return when(number.between(0, names.size() - 1), element_at(all, number.cast(DataTypes.IntegerType).plus(1))).otherwise(text);
    }

    /**
     * @param number the column
     * @return whether it has no name though the file tells names: the number may well be equal to the name of another class
     */
    public Column unnamed(final Column number) {
        return known() ? not(number.between(0, names.size() - 1)) : lit(false);
    }

    /** @return what is wrong with a label that has no name */
    public String fault(final String label) {
        return "The column '%s' holds %s, but the file names the classes 0 to %d alone.".formatted(column, label, names.size() - 1);
    }

    /** @return that names are taken, as a sentence */
    public String sentence() {
        return "The numbers in '%s' are named as the file notes it for Hugging Face: %s%s (%d classes).".formatted(column,
            ClassNames.join(names.subList(0, Math.min(SHOWN, names.size()))), names.size() > SHOWN ? " and more" : "", names.size());
    }
}
