package org.spectralsignatures.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * What Hugging Face's datasets note of a column: the key {@code huggingface} of a Parquet file holds JSON, in which
 * {@code info.features.COLUMN} has a {@code _type}, and the {@code names} of the classes if that is {@code ClassLabel}.
 *
 * @param type for example {@code Image} or {@code ClassLabel}
 * @param names of the classes, by the numbers that stand in the column; empty where there are none
 */
public record HuggingFaceFeature(String type, List<String> names) {

    /** The type of columns of images. */
    public static final String IMAGE = "Image";

    /** The type of columns of classes. */
    public static final String CLASS_LABEL = "ClassLabel";

    /** The key of the file. */
    public static final String KEY = "huggingface";

    /**
     * @param json what stands under the key
     * @return the columns that it tells of, by name
     * @throws DamagedFileException if it is no JSON
     */
    public static Map<String, HuggingFaceFeature> parse(final String json) throws IOException {
        final var features = new LinkedHashMap<String, HuggingFaceFeature>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT && enter(parser, "info") && enter(parser, "features")) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    final String column = parser.currentName();
                    if (parser.nextToken() == JsonToken.START_OBJECT) {
                        features.put(column, feature(parser));
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            throw DamagedFileException.because("What it notes of its columns (%s) is no JSON.".formatted(KEY));
        }
        return features;
    }

    /** Goes on to the object under a name, in the present object. */
    private static boolean enter(final JsonParser parser, final String name) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final boolean wanted = parser.currentName().equals(name);
            if (parser.nextToken() == JsonToken.START_OBJECT && wanted) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static HuggingFaceFeature feature(final JsonParser parser) throws IOException {
        String type = "";
        final var names = new ArrayList<String>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String field = parser.currentName();
            final JsonToken value = parser.nextToken();
            if (field.equals("_type") && value == JsonToken.VALUE_STRING) {
                type = parser.getText();
            } else if (field.equals("names") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    names.add(parser.getValueAsString(""));
                    parser.skipChildren();
                }
            } else {
                parser.skipChildren();
            }
        }
        return new HuggingFaceFeature(type, List.copyOf(names));
    }
}
