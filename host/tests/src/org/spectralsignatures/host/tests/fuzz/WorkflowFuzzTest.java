package org.spectralsignatures.host.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;
import org.spectralsignatures.host.app.Grid;
import org.spectralsignatures.host.app.GridFile;
import org.spectralsignatures.host.app.RefusedException;
import org.spectralsignatures.host.files.TemporaryFolder;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowReader;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/** Workflows, archives of them and grids, damaged at random: each is read or refused with a message, and nothing else happens. */
class WorkflowFuzzTest {

    private static final Path FILES = Path.of(System.getProperty("spectralsignatures.root"), "host", "tests", "workflows");

    private static final Path NESTED = FILES.resolve("Metanodes and components");

    @TempDir
    Path folder;

    private static void copy(final Path source, final Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                final Path to = target.resolve(source.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Set<Path> outside() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(f -> !f.startsWith(folder.resolve("inside"))).collect(Collectors.toSet());
        }
    }

    private void read(final Path workflow) throws WorkflowLoadException {
        WorkflowReader.read(workflow, folder.resolve("inside"), List.of(), List.of());
    }

    private interface Load {
        void run() throws WorkflowLoadException;
    }

    /** A damaged file shows in another one that refers to it, or as it lies unpacked: then that one is named. */
    private static void named(final String name, final Load load) throws WorkflowLoadException {
        try {
            load.run();
        } catch (WorkflowLoadException e) {
            throw e.getMessage().matches("(?s).*(settings\\.xml|workflow\\.knime).*") ? new WorkflowLoadException(e.getMessage() + " " + name, e) : e;
        }
    }

    /** One file of a workflow in several levels takes each mutant in turn. */
    private void files(final String name, final int count, final List<String> places) throws Exception {
        final Path workflow = Files.createDirectories(folder.resolve("inside/workflow"));
        copy(NESTED, workflow);
        read(workflow);
        final Set<Path> before = outside();
        int refused = 0;
        for (String place : places) {
            final Path file = workflow.resolve(place);
            final byte[] whole = Files.readAllBytes(file);
            final var mutants = new XmlMutants(place.hashCode(), List.of(whole));
            refused += new Fuzz(file.getParent(), name).run(count / places.size(), mutants, f -> named(name, () -> read(workflow)), WorkflowLoadException.class);
            Files.write(file, whole);
        }
        assertEquals(before, outside());
        assertTrue(refused > count / 3, refused + " refused");
    }

    @Test
    void damagedWorkflowsAreRefusedByFile() throws Exception {
        files("workflow.knime", 1500, List.of("workflow.knime", "Poison twice (#2)/workflow.knime", "Mark (#3)/workflow.knime"));
    }

    @Test
    void damagedSettingsAreRefusedByFile() throws Exception {
        files("settings.xml", 1500, List.of("Synthetic Image Generator (#1)/settings.xml", "Mark (#3)/settings.xml", "Mark (#3)/Component Input (#1)/settings.xml",
            "Poison twice (#2)/Again (#2)/Backdoor Injector (#7)/settings.xml"));
    }

    private static byte[] zip(final Path source, final String top, final Map<String, String> more) throws IOException {
        final var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes); var files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(top + source.relativize(file)));
                zip.write(Files.readAllBytes(file));
            }
            for (Map.Entry<String, String> entry : more.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void damagedArchivesAreRefusedAndStayInTheirFolder() throws Exception {
        Files.createDirectories(folder.resolve("inside"));
        final List<byte[]> whole = List.of(zip(NESTED, "w/", Map.of()), zip(NESTED, "w/", Map.of("w/../../../../outside.txt", "x")),
            zip(FILES.resolve("Components in components"), "", Map.of("/outside.txt", "x")));
        final int[] number = new int[1];
        final Set<Path> before = outside();
        final int refused = new Fuzz(folder.resolve("inside"), "mutant.knwf").run(800, new Mutants(3, whole), file -> {
            try (var scratch = new TemporaryFolder(folder.resolve("inside/" + number[0]++))) {
                named("mutant.knwf", () -> WorkflowReader.read(file, scratch.path(), List.of(), List.of()));
            }
        }, WorkflowLoadException.class);
        assertEquals(before, outside());
        assertTrue(refused > 300, refused + " refused");
    }

    @Test
    void damagedGridsAreRefusedByFile() throws Exception {
        final Map<String, WorkflowVariable> known = Map.of("images", WorkflowVariable.parse("images", "1", "int"), "rate", WorkflowVariable.parse("rate", "1", "double"),
            "name", WorkflowVariable.parse("name", "", "String"));
        final List<byte[]> whole = new ArrayList<>();
        for (String text : List.of("images,rate,name,note\n2,1e-3,\"a,b\",x\n3,.5,c,\"two\nlines\"\n", "\ufeffimages;10%|Pois 1;#why\n1;2;3\n", "name\timages\n\u00e9\t1\n")) {
            whole.add(text.getBytes(StandardCharsets.UTF_8));
            whole.add(text.replace("\ufeff", "").getBytes(StandardCharsets.ISO_8859_1));
        }
        final int refused = new Fuzz(folder, "grid.csv").run(4000, new Mutants(4, whole), file -> {
            final var grid = new Grid(GridFile.read(file), known);
            for (int run = 1; run <= grid.runs(); run++) {
                if (grid.variables(run).size() > known.size()) {
                    throw new InvalidSettingsException("more values than variables");
                }
            }
        }, RefusedException.class);
        assertTrue(refused > 1500, refused + " refused");
    }
}
