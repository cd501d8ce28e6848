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
 * @param cache where results of nodes are kept, null for nowhere
 * @param engine name of what computes networks and scores in all nodes, null for what each node's settings say
 * @param preferences a file of preferences to be taken over, null for none
 * @param execute whether nodes are executed, not only configured
 * @param variables values of workflow variables
 * @param overrides replaced settings
 * @param notes what was asked for but has no effect here, for people
 */
public record BatchOptions(Path workflow, Path out, Path saved, Path grid, Cache cache, String engine, Path preferences, boolean execute, // NOSONAR
    List<WorkflowVariable> variables, List<SettingOverride> overrides, List<String> notes) {

    /** A folder, and how many bytes it may hold. */
    public record Cache(Path folder, long bytes) {

        /** What it may hold unless the user says something else. */
        static final long USUAL_BYTES = 10L << 30;
    }

    /** How to use it. */
    public static final String USAGE = """
        Usage: run [WORKFLOW] [options]
          WORKFLOW                              a workflow folder or .knwf file (also -workflowDir=..., -workflowFile=...)
          -out DIR                              write each table output to DIR/<Node name> (#id)/<port>.csv
          -grid FILE.csv                        one run for each row, collected in DIR/results.csv; goes on where it was interrupted
          -cache DIR                            keep results of nodes in DIR, and take them from there where nothing has changed
          -cacheSize SIZE                       most that DIR holds, for example 500m or 20g (default 10g); what was not used for longest goes
          -engine NAME                          compute networks and scores with this engine, cpu or cuda, whatever the nodes' setting Device says;
                                                not networks in the ONNX format
          -workflow.variable=name,value,type    set a workflow variable; type: String, int, long, double, boolean
          -option=node,setting,value,type       replace a setting of a node, by its id; in metanode 5 as 5/3; sub settings with /
          -noexecute                            load and configure the workflow, but run nothing; status 5 if a node cannot be configured
          -destDir=DIR, -destFile=FILE.knwf     save the workflow, reset, with these variables and settings; the original is never changed
          -nosave                               save nothing, whatever -destDir and -destFile say
          -reset, -failonloaderror              as in KNIME; here a workflow always starts anew, and always fails on such errors
          -preferences=FILE                     take over preferences that Eclipse exported (.epf)
          -updateLinks, -credential=name[;login[;password]], -masterkey[=...]
                                                accepted as in KNIME, but they have no effect here
          -generate DIR                         write the workflow folders of all NAME.workflow texts below DIR, and run nothing
          -reference FILE                       write what all nodes do, with ports and settings, as Markdown, and run nothing
          -help                                 show this (also --help, -h)
        A table at an output port named 'Conclusion' (first column a sentence, second what to do next) is printed last and stands on top of the report.
        Status: 0 done, 2 wrong options or grid, 3 the workflow cannot be loaded, 4 a node failed or was cancelled, 5 a node cannot be configured.
        """;

    /** Options that ask how to use it. */
    static final Set<String> HELP = Set.of("-help", "--help", "-h", "-?");

    /**
     * @param arguments as given
     * @return the options
     * @throws IllegalArgumentException if they are wrong; the message says which
     */
    public static BatchOptions parse(final List<String> arguments) {
        return new BatchArguments(arguments).options();
    }

    /**
     * Tries whether results can be written where they are to go, before anything is loaded.
     *
     * @throws RefusedException if not
     */
    void checkPlaces() {
        if (out != null) {
            TargetPlace.checkFolder("-out", out);
        }
        if (cache != null) {
            TargetPlace.checkCache(cache.folder());
            if (out != null && (out.startsWith(cache.folder()) || cache.folder().startsWith(out))) {
                throw new RefusedException("-cache: '" + cache.folder() + "' and the folder of the results, '" + out + "', lie in each other: choose places apart.");
            }
        }
        if (saved != null) {
            TargetPlace.checkNew(saved);
            if (out != null && (out.startsWith(saved) || saved.startsWith(out))) {
                throw new RefusedException("The workflow cannot be saved as '" + saved + "', since the results go to '" + out + "': choose places apart.");
            }
        }
    }

    /** @return the options of one run with more variables and its own folder */
    BatchOptions with(final List<WorkflowVariable> more, final Path folder) {
        final var all = new ArrayList<>(variables);
        all.addAll(more);
        return new BatchOptions(workflow, folder, null, null, cache, engine, preferences, execute, all, overrides, notes);
    }
}
