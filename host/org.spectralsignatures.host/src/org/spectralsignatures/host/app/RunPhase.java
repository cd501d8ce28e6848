package org.spectralsignatures.host.app;

/** What a run is doing, for the message and status of an unexpected end. */
enum RunPhase {

    /** Options, grid and places for results are looked at. */
    CHECKING("checking the options", ExitCode.USAGE),

    /** The workflow is read. */
    LOADING("loading the workflow", ExitCode.LOAD),

    /** The nodes are configured. */
    CONFIGURING("configuring the nodes", ExitCode.CONFIGURE),

    /** The nodes run. */
    EXECUTING("executing the nodes", ExitCode.EXECUTION),

    /** Tables, report and workflow are written. */
    WRITING("writing the results", ExitCode.EXECUTION);

    private final String m_doing;

    private final ExitCode m_code;

    RunPhase(final String doing, final ExitCode code) {
        m_doing = doing;
        m_code = code;
    }

    /** @return for example {@code loading the workflow} */
    String doing() {
        return m_doing;
    }

    /** @return how a run ends that cannot go on in this phase */
    ExitCode code() {
        return m_code;
    }
}
