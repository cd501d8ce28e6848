package org.spectralsignatures.nodes.learner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.widget.choices.Label;
import org.spectralsignatures.nodes.task.Paths;

/** Where checkpoints lie. */
enum CheckpointPlace {
    /** With the workflow. */
    @Label(value = "Data area of the workflow", description = """
        The folder <tt>data/checkpoints</tt> in the workflow's own folder. A workflow that runs from a copy, as on a KNIME Hub or from a
        <tt>.knwf</tt> file, needs another folder: the copy goes, and the checkpoints with it.
        """)
    WORKFLOW,

    /** Elsewhere. */
    @Label(value = "Folder", description = "The folder that is named below.")
    FOLDER;

    private static final String DATA_AREA = "knime://knime.workflow/data/checkpoints";

    /** Stands for the setting. */
    static final class Reference implements ParameterReference<CheckpointPlace> {
    }

    /** There are checkpoints, and they lie in a folder that is named. */
    static final class IsFolder implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getBoolean(CheckpointsReference.class).isTrue().and(i.getEnum(Reference.class).isOneOf(FOLDER));
        }
    }

    /**
     * @param path setting of the folder
     * @return the folder, in the data area one that can be made
     * @throws IOException if there is no such place
     */
    Path folder(final String path) throws IOException {
        if (this == FOLDER) {
            return Paths.resolve(path);
        }
        final Path folder = Paths.resolve(DATA_AREA);
        Files.createDirectories(folder.getParent());
        return folder;
    }

    /**
     * @param folder that is used
     * @return what is wrong with it, empty for nothing
     * @throws IOException if the folder above it is gone
     */
    String doubt(final Path folder) throws IOException {
        final Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        return this == WORKFLOW && folder.getParent().toRealPath().startsWith(temporary)
            ? "The workflow lies in the folder for temporary files ('%s'), which may go with this run, and the checkpoints with it. Choose a folder for them that stays."
                .formatted(temporary) : "";
    }
}
