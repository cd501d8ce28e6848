package org.spectralsignatures.network.onnx;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an ONNX file holds, without its values: {@link OnnxReader} reads it. Parts are known by where they lie in the file.
 *
 * @param producer what wrote the file, empty if it does not say
 * @param opset version of ONNX's operators, 0 if it does not say
 * @param inputs of the graph that are no initialisers
 * @param outputs of the graph
 * @param nodes in an order in which they can be computed
 * @param initialisers tensors with values in the file or beside it, by name
 * @param metadata notes of whoever made the file
 * @param modelParts fields of the model besides its graph
 * @param graphParts fields of the graph that nodes need besides initialisers
 * @param size bytes of the file
 */
record OnnxModel(String producer, long opset, List<Value> inputs, List<Value> outputs, List<Node> nodes, Map<String, Initialiser> initialisers,
    Map<String, String> metadata, List<Range> modelParts, List<Range> graphParts, long size) {

    /** Name of the sides of a tensor whose length is not fixed. */
    static final long DYNAMIC = -1;

    /**
     * A piece of the file.
     *
     * @param from its first byte
     * @param to behind its last byte
     */
    record Range(long from, long to) {

        long size() {
            return to - from;
        }
    }

    /**
     * A tensor that goes in or comes out.
     *
     * @param name of the tensor
     * @param type ONNX's number of the type of its elements, 0 if it is none of numbers
     * @param shape its sides, {@link #DYNAMIC} where they are not fixed; null if unknown
     * @param range of its field
     */
    record Value(String name, int type, List<Long> shape, Range range) {
    }

    /**
     * An operation.
     *
     * @param operator for example {@code Conv}
     * @param domain of the operator, empty for ONNX's own
     * @param name may be empty
     * @param inputs names of tensors, empty where one is left out
     * @param outer names of tensors that graphs within it take from outside
     * @param outputs names of tensors
     * @param order of the sides, for a transposition that tells one; else empty
     * @param range of its field
     */
    record Node(String operator, String domain, String name, List<String> inputs, Set<String> outer, List<String> outputs, List<Long> order, Range range) {

        boolean is(final String... operators) {
            return domain.isEmpty() && List.of(operators).contains(operator);
        }
    }

    /**
     * A tensor with values.
     *
     * @param shape its sides
     * @param type ONNX's number of the type of its elements
     * @param range of its field in the graph
     * @param external where its values lie, null if that is in the file
     */
    record Initialiser(List<Long> shape, int type, Range range, OnnxExternal external) {
    }

    /** @return whether some of its values lie in other files */
    boolean isSpread() {
        return initialisers.values().stream().anyMatch(tensor -> tensor.external() != null);
    }
}
