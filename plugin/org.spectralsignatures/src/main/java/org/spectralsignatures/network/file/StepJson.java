package org.spectralsignatures.network.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.network.plan.Normalisation;
import org.spectralsignatures.network.plan.Step;

/**
 * Steps of a network as JSON: a list of objects, each with its {@code step} (one of {@code convolution}, {@code normActivation},
 * {@code residualUnit}, {@code maxPooling}, {@code globalAveragePooling}, {@code softmax}, and since version 2 {@code stridedConvolution},
 * {@code projectedUnit}, {@code paddedMaxPooling}), its {@code name} and the numbers of a {@link Step} of that kind, by their names there.
 * A plain {@code convolution} has side 3 and stride 1, a {@code residualUnit} no projection.
 */
final class StepJson {

    private static final int MAX_STEPS = 1000;

    private static final int MAX_NAME = 100;

    /** More channels than any architecture has, few enough that their values for an image fit into memory. */
    static final int MAX_FILTERS = 4096;

    private static final int MAX_CLASSES = 1 << 20;

    private StepJson() {
    }

    /** @return steps as a tree of JSON */
    static List<Object> tree(final List<Step> steps) {
        return new ArrayList<>(steps.stream().map(StepJson::tree).toList());
    }

    private static Map<String, Object> tree(final Step step) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("step", null);
        map.put("name", step.name());
        map.put("step", kind(step, map));
        return map;
    }

    /** Adds the numbers of a step. */
    private static String kind(final Step step, final Map<String, Object> map) {
        if (step instanceof Step.Convolution convolution) {
            map.put("filters", convolution.filters());
            if (!convolution.plain()) {
                map.put("side", convolution.side());
                map.put("stride", convolution.stride());
            }
            map.put("start", convolution.start().name());
            return convolution.plain() ? "convolution" : "stridedConvolution";
        }
        if (step instanceof Step.NormActivation activation) {
            map.put("norm", tree(activation.norm()));
            return "normActivation";
        }
        if (step instanceof Step.ResidualUnit unit) {
            map.put("filters", unit.filters());
            map.put("stride", unit.stride());
            if (!unit.projection()) {
                map.put("activatedShortcut", unit.activatedShortcut());
            }
            map.put("norm", tree(unit.norm()));
            return unit.projection() ? "projectedUnit" : "residualUnit";
        }
        if (step instanceof Step.PaddedMaxPooling pooling) {
            map.put("side", pooling.side());
            return "paddedMaxPooling";
        }
        if (step instanceof Step.MaxPooling) {
            return "maxPooling";
        }
        if (step instanceof Step.GlobalAveragePooling) {
            return "globalAveragePooling";
        }
        map.put("classes", ((Step.Softmax)step).classes());
        return "softmax";
    }

    private static Map<String, Object> tree(final Normalisation norm) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("decay", norm.decay());
        map.put("eps", norm.eps());
        map.put("leak", norm.leak());
        return map;
    }

    /**
     * @param where the list, for messages
     * @param node the list
     * @return its steps
     * @throws NetworkFormatException if one is none, or a number is out of range; the message says where
     */
    static List<Step> parse(final String where, final Object node) throws NetworkFormatException {
        final List<?> list = StrictJson.list(where, node);
        if (list.size() > MAX_STEPS) {
            throw new NetworkFormatException("%s has %d entries, but may have %d".formatted(where, list.size(), MAX_STEPS));
        }
        final var steps = new ArrayList<Step>();
        for (Object step : list) {
            steps.add(new Reader("%s[%d]".formatted(where, steps.size()), step).step());
        }
        return steps;
    }

    /** One step that is read. */
    private record Reader(String where, Object node) {

        Step step() throws NetworkFormatException {
            final String kind = StrictJson.text(where + ".step", StrictJson.at(node, "step"));
            switch (kind) {
                case "convolution":
                    fields("filters", "start");
                    return new Step.Convolution(name(), filters(), start());
                case "stridedConvolution":
                    fields("filters", "side", "stride", "start");
                    return new Step.Convolution(name(), filters(), side(), stride(), start());
                case "normActivation":
                    fields("norm");
                    return new Step.NormActivation(name(), norm());
                case "residualUnit":
                    fields("filters", "stride", "activatedShortcut", "norm");
                    return new Step.ResidualUnit(name(), filters(), stride(),
                        StrictJson.flag(where + ".activatedShortcut", StrictJson.at(node, "activatedShortcut")), norm());
                case "projectedUnit":
                    fields("filters", "stride", "norm");
                    return new Step.ResidualUnit(name(), filters(), stride(), true, true, norm());
                case "maxPooling":
                    fields();
                    return new Step.MaxPooling(name());
                case "paddedMaxPooling":
                    fields("side");
                    return new Step.PaddedMaxPooling(name(), integer("side", 2, Step.PaddedMaxPooling.LARGEST));
                case "globalAveragePooling":
                    fields();
                    return new Step.GlobalAveragePooling(name());
                case "softmax":
                    fields("classes");
                    return new Step.Softmax(name(), integer("classes", 2, MAX_CLASSES));
                default:
                    throw new NetworkFormatException("%s.step is %s, which this version does not know".formatted(where, StrictJson.shown(kind)));
            }
        }

        private void fields(final String... own) throws NetworkFormatException {
            final var all = new ArrayList<>(List.of("step", "name"));
            all.addAll(List.of(own));
            StrictJson.checkFields(where, node, all.toArray(String[]::new));
        }

        private String name() throws NetworkFormatException {
            final String name = StrictJson.text(where + ".name", StrictJson.at(node, "name"));
            if (name.isBlank() || name.length() > MAX_NAME) {
                throw new NetworkFormatException("%s.name must have 1 to %d characters, but is %s".formatted(where, MAX_NAME, StrictJson.shown(name)));
            }
            return name;
        }

        private int filters() throws NetworkFormatException {
            return integer("filters", 1, MAX_FILTERS);
        }

        private int stride() throws NetworkFormatException {
            return integer("stride", 1, 2);
        }

        private int side() throws NetworkFormatException {
            final int side = integer("side", 1, Step.Convolution.LARGEST);
            if (side % 2 == 0) {
                throw new NetworkFormatException("%s.side must be odd, but is %d".formatted(where, side));
            }
            return side;
        }

        private int integer(final String field, final int smallest, final int largest) throws NetworkFormatException {
            final int value = StrictJson.integer(where + "." + field, StrictJson.at(node, field), smallest);
            if (value > largest) {
                throw new NetworkFormatException("%s.%s may be %d, but is %d".formatted(where, field, largest, value));
            }
            return value;
        }

        private Step.Start start() throws NetworkFormatException {
            final Object name = StrictJson.at(node, "start");
            for (Step.Start start : Step.Start.values()) {
                if (start.name().equals(name)) {
                    return start;
                }
            }
            throw new NetworkFormatException("%s.start must be one of %s, but is %s".formatted(where, List.of(Step.Start.values()), StrictJson.shown(name)));
        }

        private Normalisation norm() throws NetworkFormatException {
            final Object norm = StrictJson.at(node, "norm");
            StrictJson.checkFields(where + ".norm", norm, "decay", "eps", "leak");
            final double eps = share(norm, "eps");
            if (eps == 0) {
                throw new NetworkFormatException(where + ".norm.eps must be above 0, since variances are divided by");
            }
            return new Normalisation(share(norm, "decay"), eps, share(norm, "leak"));
        }

        private double share(final Object norm, final String field) throws NetworkFormatException {
            final Object value = StrictJson.at(norm, field);
            final double number = StrictJson.number("%s.norm.%s".formatted(where, field), value);
            if (!(number >= 0 && number <= 1)) {
                throw new NetworkFormatException("%s.norm.%s must be from 0 to 1, but is %s".formatted(where, field, StrictJson.shown(value)));
            }
            return number;
        }
    }
}
