package org.spectralsignatures.host.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.spectralsignatures.host.files.FileProblem;
import org.spectralsignatures.host.generate.WorkflowGenerator;
import org.spectralsignatures.host.generate.WorkflowTextException;
import org.spectralsignatures.host.workflow.WorkflowLoadException;

/** The option that makes workflow folders from their texts instead of running one. */
final class GenerateCommand {

    static final String OPTION = "-generate";

    private GenerateCommand() {
    }

    /** @return {@link ExitCode#LOAD} for a text that makes no workflow; what came before it is written */
    static ExitCode run(final List<String> arguments, final PrintStream out) {
        if (arguments.size() != 2 || !Files.isDirectory(Path.of(arguments.get(1)))) {
            out.println("ERROR  " + OPTION + " needs the folder that holds the texts, and nothing else.");
            return ExitCode.USAGE;
        }
        Path current = Path.of(arguments.get(1));
        try {
            final var generator = new WorkflowGenerator(current);
            final List<Path> texts = generator.texts();
            int changed = 0;
            for (final Path text : texts) {
                current = text;
                final List<Path> files = generator.generate(text);
                files.forEach(file -> out.println("WROTE  " + file));
                changed += files.size();
            }
            out.println(texts.size() + " workflows, " + changed + " files changed.");
            return ExitCode.SUCCESS;
        } catch (WorkflowTextException | WorkflowLoadException e) {
            out.println("ERROR  " + current + ", " + e.getMessage());
            return ExitCode.LOAD;
        } catch (IOException e) {
            out.println("ERROR  " + FileProblem.describe(e));
            return ExitCode.USAGE;
        }
    }
}
