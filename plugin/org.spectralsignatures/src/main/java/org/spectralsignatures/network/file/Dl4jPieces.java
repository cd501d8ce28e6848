package org.spectralsignatures.network.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.spectralsignatures.network.plan.NetworkPlan;
import org.spectralsignatures.network.plan.Parameter;

/** What lies where in the vector of a DL4J model's parameters: those of a plan in another order, and kernels that only add zero channels. */
final class Dl4jPieces {

    /** A piece of the vector: a parameter of the plan, or kernels {@code [filters, channels, 1, 1]} that copy each channel. */
    private record Piece(String parameter, int filters, int channels) {

        /** Whether a kernel copies a channel: as many zero channels come before as behind. */
        float copy(final int filter, final int channel) {
            return filter == channel + (filters - channels) / 2 ? 1 : 0;
        }
    }

    private final List<Piece> pieces = new ArrayList<>();

    private long size;

    /** Adds parameters that come next, in this order. */
    void add(final List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            pieces.add(new Piece(parameter.name(), 0, 0));
            size += parameter.size();
        }
    }

    /** Adds kernels that copy channels. */
    void addCopy(final int filters, final int channels) {
        pieces.add(new Piece(null, filters, channels));
        size += (long)filters * channels;
    }

    /** @return number of values of the model */
    long size() {
        return size;
    }

    /**
     * @param plan of the network
     * @param values of its parameters
     * @return those of the model
     */
    FloatBuffer toModel(final NetworkPlan plan, final FloatBuffer values) {
        final Map<String, Integer> places = places(plan);
        final FloatBuffer model = buffer(size);
        for (Piece piece : pieces) {
            if (piece.parameter() == null) {
                for (int k = 0; k < piece.filters() * piece.channels(); k++) {
                    model.put(piece.copy(k / piece.channels(), k % piece.channels()));
                }
            } else {
                model.put(slice(plan, places, piece, values));
            }
        }
        return model.rewind();
    }

    /**
     * @param plan of the network
     * @param model values of the model's parameters
     * @return those of the network
     * @throws NetworkFormatException if kernels that should only copy channels do something else
     */
    FloatBuffer fromModel(final NetworkPlan plan, final FloatBuffer model) throws NetworkFormatException {
        final Map<String, Integer> places = places(plan);
        final FloatBuffer values = buffer(plan.size());
        int at = 0;
        for (Piece piece : pieces) {
            if (piece.parameter() == null) {
                for (int k = 0; k < piece.filters() * piece.channels(); k++) {
                    if (model.get(at + k) != piece.copy(k / piece.channels(), k % piece.channels())) {
                        throw new NetworkFormatException("the 1 x 1 convolution from %d to %d channels does more than to add zero channels"
                            .formatted(piece.channels(), piece.filters()));
                    }
                }
                at += piece.filters() * piece.channels();
            } else {
                final FloatBuffer target = slice(plan, places, piece, values);
                final int count = target.remaining();
                target.put(0, model, at, count);
                at += count;
            }
        }
        return values;
    }

    private static FloatBuffer slice(final NetworkPlan plan, final Map<String, Integer> places, final Piece piece, final FloatBuffer values) {
        final Parameter parameter = plan.parameters().stream().filter(p -> p.name().equals(piece.parameter())).findFirst().orElseThrow();
        return values.slice(places.get(piece.parameter()), (int)parameter.size());
    }

    private static Map<String, Integer> places(final NetworkPlan plan) {
        final Map<String, Integer> places = new HashMap<>();
        int at = 0;
        for (Parameter parameter : plan.parameters()) {
            places.put(parameter.name(), at);
            at += (int)parameter.size();
        }
        return places;
    }

    private static FloatBuffer buffer(final long count) {
        return ByteBuffer.allocateDirect(Math.toIntExact(count * Float.BYTES)).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
