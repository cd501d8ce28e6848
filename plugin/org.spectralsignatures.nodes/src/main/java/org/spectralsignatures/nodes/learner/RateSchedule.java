package org.spectralsignatures.nodes.learner;

import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.training.Schedule;

/** How the learning rate changes. */
enum RateSchedule {
    /** Up and down. */
    @Label(value = "One cycle", description = """
        Linear from a 25th of the learning rate up to it over the first 30% of the steps, then linear down to 0. Gets far in few
        epochs.
        """)
    ONE_CYCLE(Schedule.ONE_CYCLE),

    /** The authors'. */
    @Label(value = "Steps", description = """
        The learning rate, a tenth of it after 3/8 of the steps, a hundredth after 6/8 (the authors' code). Meant for many epochs.
        """)
    STEP(Schedule.STEP),

    /** The same. */
    @Label(value = "Constant", description = "The same learning rate in every step.")
    CONSTANT(Schedule.CONSTANT);

    final Schedule m_schedule;

    RateSchedule(final Schedule schedule) {
        m_schedule = schedule;
    }
}
