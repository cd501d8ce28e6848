package org.spectralsignatures.host.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.spectralsignatures.host.workflow.WorkflowReader.SettingOverride;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/**
 * The options of a run, written as those of KNIME's batch application.
 *
 * @param workflow a folder or {@code .knwf} file
 * @param out where tables are written, null for nowhere
 * @param saved where the workflow is saved after the run, null for nowhere
 * @param grid a CSV file with a row for each run, null for one run
 * @param variables values of workflow variables
 * @param overrides replaced settings
 */
public record BatchOptions(Path workflow, Path out, Path saved, Path grid, List<WorkflowVariable> variables, List<SettingOverride> overrides) {

    /** How to use it. */
    public static final String USAGE = """
        Usage: run [WORKFLOW] [options]
          WORKFLOW                              a workflow folder or .knwf file (also -workflowDir=..., -workflowFile=...)
          -out DIR                              write each table output to DIR/<Node name> (#id)/<port>.csv
          -grid FILE.csv                        one run for each row, collected in DIR/results.csv; goes on where it was interrupted
          -workflow.variable=name,value,type    set a workflow variable; type: String, int, long, double, boolean
          -option=node,setting,value,type       replace a setting of a node, by its id; sub settings with /
          -destDir=DIR, -destFile=FILE.knwf     save the workflow, reset, with these variables and settings; the original is never changed
          -reset, -nosave, -failonloaderror     as in KNIME; here a workflow always starts anew, and always fails on such errors
          -preferences=FILE, -updateLinks, -credential=..., -masterkey...
                                                accepted as in KNIME, but they have no effect here
        """;

    /** Options that ask for what the host does anyway. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("-reset", "-nosave", "-failonloaderror");

    /** Beginnings of options that mean something to KNIME alone. */
    static final List<String> IGNORED = List.of("-preferences=", "-updateLinks", "-credential=", "-masterkey");

    /**
     * @param arguments as given
     * @return the options
     * @throws IllegalArgumentException if they are wrong; the message says which
     */
    public static BatchOptions parse(final List<String> arguments) {
        Path workflow = null;
        Path out = null;
        Path grid = null;
        Path saved = null;
        final var variables = new ArrayList<WorkflowVariable>();
        final var overrides = new ArrayList<SettingOverride>();
        for (int i = 0; i < arguments.size(); i++) {
            final String argument = arguments.get(i);
            if (argument.startsWith("-workflow.variable=")) {
                final String[] parts = argument.substring(argument.indexOf('=') + 1).split(",");
                if (parts.length < 3) {
                    throw new IllegalArgumentException("'" + argument + "': expected -workflow.variable=name,value,type.");
                }
                variables.add(WorkflowVariable.parse(parts[0], join(parts, 1), parts[parts.length - 1]));
            } else if (argument.startsWith("-option=")) {
                overrides.add(override(argument));
            } else if (argument.startsWith("-workflowDir=") || argument.startsWith("-workflowFile=")) {
                workflow = Path.of(argument.substring(argument.indexOf('=') + 1));
            } else if (argument.startsWith("-destDir=") || argument.startsWith("-destFile=")) {
                saved = destination(argument);
            } else if (argument.equals("-out")) {
                if (i + 1 == arguments.size()) {
                    throw new IllegalArgumentException("-out needs a folder.");
                }
                out = Path.of(arguments.get(++i)).toAbsolutePath();
            } else if (argument.startsWith("-out=")) {
                out = Path.of(argument.substring(5)).toAbsolutePath();
            } else if (argument.equals("-grid")) {
                if (i + 1 == arguments.size()) {
                    throw new IllegalArgumentException("-grid needs a CSV file.");
                }
                grid = Path.of(arguments.get(++i)).toAbsolutePath();
            } else if (argument.startsWith("-grid=")) {
                grid = Path.of(argument.substring(6)).toAbsolutePath();
            } else if (!argument.startsWith("-") && workflow == null) {
                workflow = Path.of(argument);
            } else if (!WITHOUT_EFFECT.contains(argument) && IGNORED.stream().noneMatch(argument::startsWith)) {
                throw new IllegalArgumentException("Unknown option '" + argument + "'.");
            }
        }
        if (workflow == null) {
            throw new IllegalArgumentException("No workflow was given.");
        }
        if (grid != null && out == null) {
            throw new IllegalArgumentException("-grid needs a folder for the results: give -out DIR.");
        }
        if (grid != null && saved != null) {
            throw new IllegalArgumentException("-grid runs a workflow many times, so it cannot be saved with -destDir or -destFile.");
        }
        return new BatchOptions(workflow, out, saved, grid, variables, overrides);
    }

    /** @return the options of one run with more variables and its own folder */
    BatchOptions with(final List<WorkflowVariable> more, final Path folder) {
        final var all = new ArrayList<>(variables);
        all.addAll(more);
        return new BatchOptions(workflow, folder, null, null, all, overrides);
    }

    private static Path destination(final String argument) {
        final Path path = Path.of(argument.substring(argument.indexOf('=') + 1)).toAbsolutePath();
        if (argument.startsWith("-destFile=") != path.toString().endsWith(".knwf")) {
            throw new IllegalArgumentException("'" + argument + "': -destFile names a .knwf file, -destDir a folder.");
        }
        return path;
    }

    private static SettingOverride override(final String argument) {
        final String[] parts = argument.substring(argument.indexOf('=') + 1).split(",");
        if (parts.length < 4 || !parts[0].matches("\\d+(/\\d+)*")) {
            throw new IllegalArgumentException("'" + argument + "': expected -option=node,setting,value,type with the node's id.");
        }
        return new SettingOverride(parts[0].replace('/', ':'), parts[1], WorkflowVariable.parse(parts[1], join(parts, 2), parts[parts.length - 1]));
    }

    /** The value may contain commas. */
    private static String join(final String[] parts, final int from) {
        return String.join(",", List.of(parts).subList(from, parts.length - 1));
    }
}
