package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.generate.NodeReference;

/** {@code docs/Nodes.md} is what the nodes say of themselves, and names every column that they make. */
class NodeReferenceTest {

    private static final Path REPOSITORY = Run.WORKFLOWS.getParent();

    private static final Path REFERENCE = REPOSITORY.resolve("docs/Nodes.md");

    /** Columns of tables of images, which a node hands on. */
    private static final List<String> HANDED_ON = List.of("Image", "Label", "Poisoned");

    /** Stands twice: behind itself it hands on what it has made. */
    private static final String TWICE = "Top-k Remover";

    @TempDir
    Path folder;

    @Test
    void theDocumentIsWhatTheNodesSay() throws Exception {
        assertEquals(NodeReference.text(), Files.readString(REFERENCE), "./run -reference docs/Nodes.md writes it again.");
    }

    @Test
    void everyColumnThatANodeMakesStandsInTheTextOfItsPort() throws Exception {
        final List<String> missing = new ArrayList<>();
        final List<String> columns = new ArrayList<>(Files.readAllLines(REPOSITORY.resolve("host/tests/snapshots").resolve(OutputColumnsTest.FILE)));
        columns.subList(columns.lastIndexOf(TWICE), columns.indexOf("Backdoor Auditor")).clear();
        assertTrue(columns.contains(TWICE));
        String node = "";
        String port = "";
        for (String line : columns) {
            if (!line.startsWith(" ")) {
                node = line.replaceAll(" by [A-Z]+$", "");
            } else if (!line.startsWith("    ")) {
                port = line.strip().replaceFirst("^\\d ", "");
            } else {
                final String column = line.strip().replaceAll(":.*", "");
                if (!HANDED_ON.contains(column) && !port(node, port).contains("*" + column.replaceAll(" [23]$", "").replace("*", "\\*"))) {
                    missing.add(node + ", " + port + ": " + column);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    private static String port(final String node, final String port) throws Exception {
        final String section = Files.readString(REFERENCE).split("\n## " + node + "\n")[1].split("\n## ")[0];
        return section.split("\n### Outputs\n")[1].split("\n\\d\\. \\*\\*" + port + "\\*\\*")[1].split("\n(?!  )")[0];
    }

    @Test
    void theOptionWritesIt() throws Exception {
        final Path file = folder.resolve("Nodes.md");
        final Run run = Run.of("-reference", file.toString());
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(NodeReference.text(), Files.readString(file));
        assertTrue(Run.of("-reference", file.toString()).text().contains("is as the nodes are"));
        assertEquals(ExitCode.USAGE, Run.of("-reference").code());
        assertEquals(ExitCode.USAGE, Run.of("-noexecute", "-reference", file.toString()).code());
        assertEquals(ExitCode.USAGE, Run.of("-reference", folder.resolve("absent/Nodes.md").toString()).code());
    }
}
