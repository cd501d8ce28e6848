package org.spectralsignatures.nodes.view;

import java.util.List;

/**
 * A call of a view's data service that is worth its answer where there is no node to ask, as in a report. A view lists such calls in
 * its initial data under {@code offline}.
 *
 * @param method of the data service
 * @param params its parameters
 */
public record Request(String method, List<Object> params) {

    /** A call with the given parameters. */
    public static Request of(final String method, final Object... params) {
        return new Request(method, List.of(params));
    }
}
