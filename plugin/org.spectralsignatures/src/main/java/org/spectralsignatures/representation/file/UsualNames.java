package org.spectralsignatures.representation.file;

import java.util.List;

/** Names, in lower case, that columns of tables usually have, the likelier ones first. */
final class UsualNames {

    static final List<String> VALUES = List.of("activations", "embeddings", "embedding", "representations", "representation", "features", "vectors", "vector", "x",
        "data", "values");

    static final List<String> LABELS = List.of("label", "labels", "class", "target", "category", "y");

    static final List<String> KEYS = List.of("row id", "rowid", "row_id", "id", "key", "name", "file", "filename", "");

    static final List<String> POISON = List.of("poisoned");

    private UsualNames() {
    }
}
