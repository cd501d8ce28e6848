package org.spectralsignatures.network.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.spectralsignatures.image.ImageShape;

/**
 * A classifier of images as a chain of steps. It takes standardised images and ends with the probabilities of the classes.
 *
 * @param input shape of the images
 * @param steps at least a {@link Step.Softmax}, which comes last and only there
 */
public record NetworkPlan(ImageShape input, List<Step> steps) {

    /** Name of what the first step takes. */
    public static final String INPUT = "images";

    /** @throws IllegalArgumentException if the steps are no such chain; the message says why */
    public NetworkPlan {
        steps = List.copyOf(steps);
        final var names = new HashSet<>(List.of(INPUT));
        ImageShape shape = input;
        for (int i = 0; i < steps.size(); i++) {
            final Step step = steps.get(i);
            if (!names.add(step.name())) {
                throw new IllegalArgumentException("Two steps of the network are named '%s'.".formatted(step.name()));
            }
            if (step instanceof Step.Softmax != (i == steps.size() - 1)) {
                throw new IllegalArgumentException("A network ends with its only softmax, but step %d of %d is '%s'.".formatted(i + 1, steps.size(), step.name()));
            }
            shape = step.output(shape);
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A network has at least one step.");
        }
    }

    /** @return number of classes */
    public int classes() {
        return ((Step.Softmax)steps.get(steps.size() - 1)).classes();
    }

    /**
     * @param index of a step
     * @return shape of an image's values before it
     */
    public ImageShape before(final int index) {
        ImageShape shape = input;
        for (Step step : steps.subList(0, index)) {
            shape = step.output(shape);
        }
        return shape;
    }

    /**
     * @param name of a step
     * @return shape of an image's values behind it
     * @throws IllegalArgumentException if there is no such step
     */
    public ImageShape behind(final String name) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                return before(i + 1);
            }
        }
        throw new IllegalArgumentException("The network has no step '%s'.".formatted(name));
    }

    /** @return the parameters of all steps, in the order in which a network's values lie one after the other */
    public List<Parameter> parameters() {
        final var all = new ArrayList<Parameter>();
        ImageShape shape = input;
        for (Step step : steps) {
            all.addAll(step.parameters(shape));
            shape = step.output(shape);
        }
        return all;
    }

    /** @return number of values of all parameters */
    public long size() {
        return parameters().stream().mapToLong(Parameter::size).reduce(0, Math::addExact);
    }

    /**
     * @return the steps whose results serve as representations: all, but where a convolution is only normalised by the step behind it
     *         that one stands for both
     */
    public List<Step> representations() {
        final var listed = new ArrayList<Step>();
        for (int i = 0; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof Step.Convolution && steps.get(i + 1) instanceof Step.NormActivation)) {
                listed.add(steps.get(i));
            }
        }
        return listed;
    }
}
