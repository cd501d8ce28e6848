package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.files.PartialFile;
import org.spectralsignatures.host.generate.NodeReference;
import org.spectralsignatures.host.workflow.WorkflowLoadException;

/** The option that writes the reference of the installed nodes instead of running a workflow. */
final class ReferenceCommand {

    private ReferenceCommand() {
    }

    /** @return {@link ExitCode#USAGE} if there is no place for the file, {@link ExitCode#LOAD} if a node cannot be made */
    static ExitCode run(final List<String> arguments, final PrintStream out) {
        if (arguments.size() != 2) {
            out.println("ERROR  " + NodeReference.OPTION + " needs the file to write, and nothing else.");
            return ExitCode.USAGE;
        }
        final Path file = Path.of(arguments.get(1));
        try {
            final String text = NodeReference.text();
            if (Files.exists(file) && Files.readString(file).equals(text)) {
                out.println("'" + file + "' is as the nodes are.");
                return ExitCode.SUCCESS;
            }
            try (var partial = new PartialFile(file)) {
                try (var writer = partial.text()) {
                    writer.write(text);
                }
                out.println("WROTE  " + partial.complete());
            }
            return ExitCode.SUCCESS;
        } catch (WorkflowLoadException e) {
            out.println("ERROR  " + e.getMessage());
            return ExitCode.LOAD;
        } catch (IOException e) {
            out.println("ERROR  " + FileProblem.describe(e));
            return ExitCode.USAGE;
        }
    }
}
