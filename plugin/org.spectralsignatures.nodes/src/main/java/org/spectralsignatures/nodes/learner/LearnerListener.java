package org.spectralsignatures.nodes.learner;

import java.util.ArrayList;
import java.util.List;

import org.spectralsignatures.nodes.history.HistoryTable;
import org.spectralsignatures.nodes.table.Warnings;
import org.spectralsignatures.training.EpochResult;
import org.spectralsignatures.training.Resumption;
import org.spectralsignatures.training.TrainingListener;

/** Writes what it hears of a training into the history and the node's warnings. */
final class LearnerListener implements TrainingListener {

    private final HistoryTable m_history;

    private final Warnings m_warnings;

    private final List<String> m_resumed = new ArrayList<>();

    LearnerListener(final HistoryTable history, final Warnings warnings) {
        m_history = history;
        m_warnings = warnings;
    }

    @Override
    public void epochDone(final EpochResult result) {
        m_history.add(result, m_resumed.isEmpty() ? null : String.join("; ", m_resumed));
        m_resumed.clear();
    }

    @Override
    public void resumed(final Resumption resumption) {
        m_resumed.add(resumption.text());
    }

    @Override
    public void remark(final String sentence) {
        m_warnings.add(sentence);
    }
}
