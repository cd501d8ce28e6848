package org.spectralsignatures.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.spectralsignatures.image.ImageShape;

/**
 * The {@code description.json} of a saved network: the fields of a {@link NetworkDescription}, all of them and no others. The facts of
 * the training are missing where they are not known, as in the files of earlier versions.
 */
final class SavedDescription {

    private static final String NAME = NetworkFile.DESCRIPTION;

    private static final String TRAINING = "training";

    private SavedDescription() {
    }

    /** @return a description as JSON */
    static String write(final NetworkDescription description) throws IOException {
        return new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL).writerWithDefaultPrettyPrinter()
            .writeValueAsString(description);
    }

    /**
     * @param utf8 JSON
     * @return what it says
     * @throws NetworkFormatException if it describes no network
     */
    static NetworkDescription parse(final byte[] utf8) throws NetworkFormatException {
        final JsonNode root = StrictJson.parse(NAME, utf8);
        final boolean trained = root != null && root.has(TRAINING);
        final var fields = new ArrayList<>(List.of("shape", "classes", "layers", "defaultLayer", "provenance"));
        if (trained) {
            fields.add(TRAINING);
        }
        StrictJson.checkFields(NAME, root, fields.toArray(String[]::new));
        final JsonNode shape = root.get("shape");
        StrictJson.checkFields(at("shape"), shape, "channels", "height", "width");
        final var layers = new ArrayList<LayerInfo>();
        for (JsonNode layer : array("layers", root)) {
            final String where = at("layers[" + layers.size() + "]");
            StrictJson.checkFields(where, layer, "name", "channels", "height", "width");
            layers.add(new LayerInfo(StrictJson.text(where + ".name", layer.get("name")), size(where, layer, "channels"), size(where, layer, "height"),
                size(where, layer, "width")));
        }
        return new NetworkDescription(
            new ImageShape(size(at("shape"), shape, "channels"), size(at("shape"), shape, "height"), size(at("shape"), shape, "width")),
            classes(root), layers, StrictJson.text(at("defaultLayer"), root.get("defaultLayer")), provenance(root.get("provenance")),
            trained ? training(root.get(TRAINING)) : null);
    }

    private static TrainingFacts training(final JsonNode node) throws NetworkFormatException {
        final String where = at(TRAINING);
        StrictJson.checkFields(where, node, "accuracy", "crops", "epochs", "images");
        final double accuracy = StrictJson.number(where + ".accuracy", node.get("accuracy"));
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new NetworkFormatException("%s.accuracy must be from 0 to 1, but is %s".formatted(where, StrictJson.shown(node.get("accuracy"))));
        }
        return new TrainingFacts(accuracy, StrictJson.flag(where + ".crops", node.get("crops")), size(where, node, "epochs"), size(where, node, "images"));
    }

    private static List<String> classes(final JsonNode root) throws NetworkFormatException {
        final var classes = new ArrayList<String>();
        for (JsonNode name : array("classes", root)) {
            classes.add(StrictJson.text(at("classes[" + classes.size() + "]"), name));
        }
        return classes;
    }

    private static Map<String, String> provenance(final JsonNode node) throws NetworkFormatException {
        if (!node.isObject()) {
            throw new NetworkFormatException("%s must be an object, but is %s".formatted(at("provenance"), StrictJson.shown(node)));
        }
        final Map<String, String> provenance = new LinkedHashMap<>();
        final var fields = node.fields();
        while (fields.hasNext()) {
            final var field = fields.next();
            provenance.put(field.getKey(), StrictJson.text(at("provenance." + field.getKey()), field.getValue()));
        }
        return provenance;
    }

    private static JsonNode array(final String field, final JsonNode root) throws NetworkFormatException {
        final JsonNode node = root.get(field);
        if (!node.isArray()) {
            throw new NetworkFormatException("%s must be a list, but is %s".formatted(at(field), StrictJson.shown(node)));
        }
        return node;
    }

    private static int size(final String where, final JsonNode node, final String field) throws NetworkFormatException {
        return StrictJson.integer(where + "." + field, node.get(field), 1);
    }

    private static String at(final String field) {
        return NAME + ", " + field;
    }
}
