package org.spectralsignatures.network.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.network.LayerInfo;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.TrainingFacts;

/**
 * The description of a saved network as JSON: the fields of a {@link NetworkDescription}, all of them and no others. The facts of the
 * training are missing where they are not known, as in the files of earlier versions.
 */
final class DescriptionJson {

    private static final String TRAINING = "training";

    private final String name;

    private final Object root;

    private DescriptionJson(final String name, final Object root) {
        this.name = name;
        this.root = root;
    }

    /** @return a description as a tree of JSON */
    static Map<String, Object> tree(final NetworkDescription description) {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("shape", sides(description.shape().channels(), description.shape().height(), description.shape().width()));
        root.put("classes", description.classes());
        root.put("layers", new ArrayList<>(description.layers().stream().map(DescriptionJson::layer).toList()));
        root.put("defaultLayer", description.defaultLayer());
        root.put("provenance", description.provenance());
        final TrainingFacts facts = description.training();
        if (facts != null) {
            final Map<String, Object> training = new LinkedHashMap<>();
            training.put("accuracy", facts.accuracy());
            training.put("crops", facts.crops());
            training.put("epochs", facts.epochs());
            training.put("images", facts.images());
            root.put(TRAINING, training);
        }
        return root;
    }

    private static Map<String, Object> layer(final LayerInfo layer) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", layer.name());
        map.putAll(sides(layer.channels(), layer.height(), layer.width()));
        return map;
    }

    private static Map<String, Object> sides(final int channels, final int height, final int width) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("channels", channels);
        map.put("height", height);
        map.put("width", width);
        return map;
    }

    /**
     * @param name of the object, for messages
     * @param root the object
     * @return what it says
     * @throws NetworkFormatException if it describes no network
     */
    static NetworkDescription parse(final String name, final Object root) throws NetworkFormatException {
        return new DescriptionJson(name, root).description();
    }

    private NetworkDescription description() throws NetworkFormatException {
        final boolean trained = StrictJson.at(root, TRAINING) != StrictJson.MISSING;
        final var fields = new ArrayList<>(List.of("shape", "classes", "layers", "defaultLayer", "provenance"));
        if (trained) {
            fields.add(TRAINING);
        }
        StrictJson.checkFields(name, root, fields.toArray(String[]::new));
        final Object shape = StrictJson.at(root, "shape");
        StrictJson.checkFields(at("shape"), shape, "channels", "height", "width");
        final var layers = new ArrayList<LayerInfo>();
        for (Object layer : array("layers")) {
            final String where = at("layers[" + layers.size() + "]");
            StrictJson.checkFields(where, layer, "name", "channels", "height", "width");
            layers.add(new LayerInfo(StrictJson.text(where + ".name", StrictJson.at(layer, "name")), size(where, layer, "channels"),
                size(where, layer, "height"), size(where, layer, "width")));
        }
        return new NetworkDescription(shape(shape),
            classes(), layers, StrictJson.text(at("defaultLayer"), StrictJson.at(root, "defaultLayer")), provenance(StrictJson.at(root, "provenance")),
            trained ? training(StrictJson.at(root, TRAINING)) : null);
    }

    private ImageShape shape(final Object node) throws NetworkFormatException {
        final String where = at("shape");
        try {
            return new ImageShape(size(where, node, "channels"), size(where, node, "height"), size(where, node, "width"));
        } catch (IllegalArgumentException e) {
            throw new NetworkFormatException("%s: %s".formatted(where, e.getMessage()));
        }
    }

    private TrainingFacts training(final Object node) throws NetworkFormatException {
        final String where = at(TRAINING);
        StrictJson.checkFields(where, node, "accuracy", "crops", "epochs", "images");
        final double accuracy = StrictJson.number(where + ".accuracy", StrictJson.at(node, "accuracy"));
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new NetworkFormatException("%s.accuracy must be from 0 to 1, but is %s".formatted(where, StrictJson.shown(StrictJson.at(node, "accuracy"))));
        }
        return new TrainingFacts(accuracy, StrictJson.flag(where + ".crops", StrictJson.at(node, "crops")), size(where, node, "epochs"),
            size(where, node, "images"));
    }

    private List<String> classes() throws NetworkFormatException {
        final var classes = new ArrayList<String>();
        for (Object c : array("classes")) {
            classes.add(StrictJson.text(at("classes[" + classes.size() + "]"), c));
        }
        return classes;
    }

    private Map<String, String> provenance(final Object node) throws NetworkFormatException {
        final Map<String, String> provenance = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : StrictJson.object(at("provenance"), node).entrySet()) {
            provenance.put((String)field.getKey(), StrictJson.text(at("provenance." + field.getKey()), field.getValue()));
        }
        return provenance;
    }

    private List<?> array(final String field) throws NetworkFormatException {
        return StrictJson.list(at(field), StrictJson.at(root, field));
    }

    private static int size(final String where, final Object node, final String field) throws NetworkFormatException {
        return StrictJson.integer(where + "." + field, StrictJson.at(node, field), 1);
    }

    private String at(final String field) {
        return name + (name.endsWith(".json") ? ", " : ".") + field;
    }
}
