package org.spectralsignatures.host.workflow;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.knime.core.node.config.Config;
import org.spectralsignatures.host.text.VisibleText;

/** The version of a workflow's file format: which ones can be read. */
final class LoadVersion {

    /** KNIME's formats in which node types and flow variable ports are saved as today. */
    private static final List<String> READ = List.of("2.10.0Pre", "2.10.0", "3.1.0", "3.6.0Pre", "3.7.0", "3.8.0", "4.1.0", "5.1.0");

    /** KNIME's older formats. */
    private static final Pattern OLD = Pattern.compile("0\\.9\\.0|1\\.[0-4].*|2\\.0\\.[01]|2\\.[1-8]\\.0");

    /** The KNIME that the host stands in for. */
    private static final int[] KNIME = {5, 12};

    private LoadVersion() {
    }

    /**
     * @param workflow the file {@code workflow.knime}
     * @param notes receives what is unusual
     * @throws WorkflowLoadException if the version is older or newer than those that can be read
     */
    static void check(final Config workflow, final List<String> notes) throws WorkflowLoadException {
        final String version = String.valueOf(workflow.getString("version", "0.9.0"));
        final String createdBy = VisibleText.line(String.valueOf(workflow.getString("created_by", "?")));
        if (OLD.matcher(version).matches()) {
            throw new WorkflowLoadException("The workflow was saved in the old format " + version + " (KNIME " + createdBy
                + "); this host reads formats from " + READ.get(0) + " on. Open it in KNIME and save it.");
        }
        if (!READ.contains(version)) {
            throw new WorkflowLoadException("The workflow was saved by a future version of KNIME (" + createdBy + ", format " + version
                + "); this host reads formats up to " + READ.get(READ.size() - 1) + ".");
        }
        if (isFuture(createdBy)) {
            notes.add("The workflow was saved by KNIME " + createdBy + ": KNIME 5.12, which is older, asks before it loads it");
        } else if (workflow.getBoolean("created_by_nightly", false)) {
            notes.add("The workflow was saved by a nightly build of KNIME (" + createdBy + "): a released KNIME asks before it loads it");
        }
    }

    private static boolean isFuture(final String createdBy) {
        final Matcher matcher = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\..*)?").matcher(createdBy);
        if (!matcher.matches()) {
            return false;
        }
        final int major = Integer.parseInt(matcher.group(1));
        return major > KNIME[0] || major == KNIME[0] && Integer.parseInt(matcher.group(2)) > KNIME[1];
    }
}
