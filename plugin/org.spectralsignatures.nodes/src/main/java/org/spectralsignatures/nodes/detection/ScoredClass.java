package org.spectralsignatures.nodes.detection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.knime.core.node.BufferedDataTable;
import org.spectralsignatures.evaluation.DetectionQuality;
import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.nodes.table.Column;
import org.spectralsignatures.nodes.table.Scores;
import org.spectralsignatures.nodes.table.TableReader;

/** The images of one class with their scores and the truth. */
final class ScoredClass {

    private final List<String> m_keys = new ArrayList<>();

    private final List<Double> m_scores = new ArrayList<>();

    private final BitSet m_poisoned = new BitSet();

    /** @return the classes by name, in natural order */
    static Map<String, ScoredClass> read(final BufferedDataTable images, final Column<Boolean> flag, final Scores scores, final TaskMonitor monitor)
        throws IOException, TaskCancelledException {
        final Map<String, ScoredClass> classes = new TreeMap<>(ClassNames.NATURAL);
        TableReader.of(images, flag).forEach(monitor, (row, i) -> {
            final Scores.Scored scored = scores.of(row.row());
            final ScoredClass target = classes.computeIfAbsent(scored.label(), label -> new ScoredClass());
            target.m_poisoned.set(target.m_keys.size(), Boolean.TRUE.equals(row.find(flag)));
            target.m_keys.add(row.key());
            target.m_scores.add(scored.score());
        });
        return classes;
    }

    int poison() {
        return m_poisoned.cardinality();
    }

    DetectionQuality quality() {
        final var poisoned = new boolean[m_scores.size()];
        m_poisoned.stream().forEach(i -> poisoned[i] = true);
        return DetectionQuality.of(m_scores.stream().mapToDouble(Double::doubleValue).toArray(), poisoned);
    }

    /**
     * @param keys of all activations
     * @param withPoison whether poisoned images count
     * @return indices of this class's rows among them, ascending
     * @throws IOException if one is absent
     */
    int[] rows(final List<String> keys, final boolean withPoison) throws IOException {
        final Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            indices.put(keys.get(i), i);
        }
        for (String key : m_keys) {
            if (!indices.containsKey(key)) {
                throw new IOException("Row '%s' of the images has no activations: connect those that were scored.".formatted(key));
            }
        }
        return IntStream.range(0, m_keys.size()).filter(i -> withPoison || !m_poisoned.get(i)).map(i -> indices.get(m_keys.get(i))).sorted().toArray();
    }
}
