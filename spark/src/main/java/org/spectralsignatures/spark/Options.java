package org.spectralsignatures.spark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names of options with their defaults, in the order in which they are listed. */
final class Options {

    private Options() {
    }

    static Map<String, String> of(final String... pairs) {
        return of(Map.of(), pairs);
    }

    static Map<String, String> of(final Map<String, String> first, final String... pairs) {
        final Map<String, String> options = new LinkedHashMap<>(first);
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(options);
    }
}
