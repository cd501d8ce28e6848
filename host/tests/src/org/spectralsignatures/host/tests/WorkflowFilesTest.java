package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.NodeSettings;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowNode;
import org.spectralsignatures.host.workflow.WorkflowReader;
import org.spectralsignatures.host.workflow.WorkflowVariable;
import org.spectralsignatures.host.workflow.WorkflowWriter;

/** How workflow files are read. */
class WorkflowFilesTest {

    @TempDir
    Path folder;

    private Path copy(final String name) throws IOException {
        return Folders.copy(Run.WORKFLOWS.resolve(name), folder.resolve("copy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Spectral Signatures", "CIFAR-10", "nodes/Image Classifier Predictor"})
    void settingsAreSavedAsTheyWereLoaded(final String name) throws Exception {
        final Path path = Run.WORKFLOWS.resolve(name);
        final Workflow workflow = WorkflowReader.read(path, folder, List.of(), List.of());
        for (WorkflowNode node : workflow.nodes().values()) {
            try (var in = Files.newInputStream(path.resolve(node.label()).resolve("settings.xml"))) {
                final var file = (NodeSettings)NodeSettings.loadFromXML(in);
                if (!file.containsKey("variables")) {
                    assertEquals(file.getNodeSettings("model"), node.node().save(), node.label());
                }
                assertEquals(file.getNodeSettings("model").keySet(), node.node().save().keySet(), node.label());
            }
        }
    }

    @Test
    void variablesOverwriteSettings() throws Exception {
        final var variables = List.of(WorkflowVariable.parse("epsilon", "0.25", "double"),
            WorkflowVariable.parse("shape", "L", "String"));
        final Workflow workflow = WorkflowReader.read(Run.WORKFLOWS.resolve("CIFAR-10"), folder, variables, List.of());
        assertEquals(.25, workflow.nodes().get(3).node().save().getDouble("epsilon"));
        assertEquals(.25, workflow.nodes().get(8).node().save().getDouble("epsilon"));
        assertEquals("L", workflow.nodes().get(3).node().save().getString("shape"));
        assertTrue(assertThrows(WorkflowLoadException.class, () -> WorkflowReader.read(Run.WORKFLOWS.resolve("CIFAR-10"), folder,
            List.of(WorkflowVariable.parse("nothing", "1", "int")), List.of())).getMessage().contains("no variable 'nothing'"));
    }

    @Test
    void archivesAreUnpackedButNotOutsideTheirFolder() throws Exception {
        final Path source = copy("nodes/Predictor refuses images of another size");
        final Path archive = folder.resolve("w.knwf");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive)); var files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry("w/" + source.relativize(file)));
                zip.write(Files.readAllBytes(file));
            }
        }
        assertEquals(4, WorkflowReader.read(archive, folder.resolve("unpacked"), List.of(), List.of()).nodes().size());
        final Path evil = folder.resolve("evil.knwf");
        try (var zip = new ZipOutputStream(Files.newOutputStream(evil))) {
            zip.putNextEntry(new ZipEntry("../outside.txt"));
            zip.write(1);
        }
        assertTrue(assertThrows(WorkflowLoadException.class, () -> WorkflowReader.read(evil, folder.resolve("x"), List.of(), List.of())).getMessage()
            .contains("outside its folder"));
        assertTrue(Files.notExists(folder.resolve("outside.txt")));
    }

    @Test
    void archivesThatGrowBeyondMeasureAreRefused() throws Exception {
        final Path archive = folder.resolve("bomb.knwf");
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("w/workflow.knime"));
            final var zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }
        assertTrue(assertThrows(WorkflowLoadException.class, () -> WorkflowReader.read(archive, folder.resolve("x"), List.of(), List.of())).getMessage()
            .contains("grows to more than"));
        assertTrue(Files.size(folder.resolve("x/w/workflow.knime")) < 80 << 20);
    }

    @Test
    void externalEntitiesAreRefused() throws Exception {
        final String xml = """
            <?xml version="1.0"?><!DOCTYPE config [<!ENTITY x SYSTEM "file:///etc/hostname">]>
            <config xmlns="http://www.knime.org/2008/09/XMLConfig" key="a"><entry key="b" type="xstring" value="&x;"/></config>""";
        assertThrows(IOException.class, () -> NodeSettings.loadFromXML(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
    }

    private static void remove(final Path settings, final String... keys) throws IOException {
        final List<String> lines = Files.readAllLines(settings);
        for (String key : keys) {
            assertTrue(lines.removeIf(l -> l.contains("<entry key=\"" + key + "\" ")), key);
        }
        Files.write(settings, lines);
    }

    /** Workflows of the first version, whose nodes had fewer settings, keep loading with the old behaviour. */
    @Test
    void settingsThatCameLaterMayBeAbsent() throws Exception {
        final Path workflow = copy("Spectral Signatures");
        remove(workflow.resolve("Backdoor Injector (#2)/settings.xml"), "trigger", "ways", "picture", "alpha", "amplitude", "frequency");
        remove(workflow.resolve("ResNet Learner (#4)/settings.xml"), "architecture", "vggDepth", "stopWhenAccurate", "trainingAccuracy", "stem",
            "grayImages");
        remove(workflow.resolve("Spectral Signature Scorer (#6)/settings.xml"), "dimensions", "maxDimensions", "epsilon", "level");
        remove(workflow.resolve("Top-k Remover (#7)/settings.xml"), "level");
        remove(workflow.resolve("Backdoor Evaluator (#10)/settings.xml"), "name");
        final Workflow loaded = WorkflowReader.read(workflow, folder.resolve("x"), List.of(), List.of());
        assertEquals("PIXELS", loaded.nodes().get(2).node().save().getString("trigger"));
        assertEquals("RESNET", loaded.nodes().get(4).node().save().getString("architecture"));
        assertFalse(loaded.nodes().get(4).node().save().getBoolean("stopWhenAccurate"));
        assertEquals("SMALL", loaded.nodes().get(4).node().save().getString("stem"));
        assertEquals("RGB", loaded.nodes().get(4).node().save().getString("grayImages"));
        assertEquals(64, loaded.nodes().get(6).node().save().getInt("maxDimensions"));
        remove(workflow.resolve("Backdoor Injector (#2)/settings.xml"), "epsilon");
        final Run run = Run.of(workflow, folder.resolve("y"));
        assertEquals(ExitCode.CONFIGURE, run.code(), run.text());
        assertTrue(run.errors().get(0).contains("The setting 'Epsilon' (epsilon) is missing"), run.text());
    }

    @ParameterizedTest
    @CsvSource({"Activations Reader, 1, FOUND", "Table to Activations, 3, COLUMN"})
    void clustersCameLaterAndMayBeAbsent(final String name, final int id, final String labels) throws Exception {
        final Path workflow = copy("nodes/" + name);
        remove(workflow.resolve("%s (#%d)/settings.xml".formatted(name, id)), "clusters", "seed");
        final var loaded = WorkflowReader.read(workflow, folder.resolve("x"), List.of(), List.of()).nodes().get(id).node().save();
        assertEquals(labels, loaded.getString("labels"));
        assertEquals(10, loaded.getInt("clusters"));
        assertEquals(1, loaded.getLong("seed"));
        assertEquals(ExitCode.SUCCESS, Run.of(workflow, folder.resolve("y")).code());
    }

    @Test
    void nodesThatAreNotInstalledAreNamed() throws Exception {
        final Path workflow = copy("Spectral Signatures");
        final Path settings = workflow.resolve("Trigger Applier (#3)/settings.xml");
        Files.writeString(settings, Files.readString(settings).replaceAll("(key=\"factory\" type=\"xstring\" value=\")[^\"]*", "$1com.example.OtherNodeFactory"));
        final Run run = Run.of(workflow, folder.resolve("out"));
        assertEquals(ExitCode.LOAD, run.code());
        assertEquals(1, run.errors().size(), run.text());
        assertTrue(run.errors().get(0).contains("MISSING Trigger Applier (#3)"), run.text());
    }

    @Test
    void damagedFilesAreNamed() throws Exception {
        final Path workflow = copy("Spectral Signatures");
        Files.writeString(workflow.resolve("Top-k Remover (#7)/settings.xml"), "<config");
        final Run run = Run.of(workflow, folder.resolve("out"));
        assertEquals(ExitCode.LOAD, run.code());
        assertTrue(run.errors().get(0).contains("Top-k Remover (#7)"), run.text());
        assertEquals(ExitCode.LOAD, Run.of(folder.resolve("nowhere"), folder.resolve("out")).code());
    }

    @Test
    void wrongOptionsAreRefused() throws Exception {
        assertEquals(ExitCode.USAGE, Run.of(Run.WORKFLOWS.resolve("CIFAR-10"), folder, "-wrong").code());
        assertEquals(ExitCode.USAGE, Run.of(Run.WORKFLOWS.resolve("CIFAR-10"), folder, "-workflow.variable=seed,x,int").code());
        assertEquals(ExitCode.LOAD, Run.of(Run.WORKFLOWS.resolve("CIFAR-10"), folder, "-option=99,seed,1,int").code());
    }

    private static List<Path> filesBelow(final Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Spectral Signatures", "CIFAR-10", "Paper Table 2", "nodes/Detection Evaluator"})
    void whatIsSavedUnchangedIsTheSameByteForByte(final String name) throws Exception {
        final Path source = Run.WORKFLOWS.resolve(name);
        final Path target = folder.resolve("saved");
        WorkflowWriter.save(source, List.of(), List.of(), target);
        assertEquals(filesBelow(source), filesBelow(target));
        for (Path file : filesBelow(source)) {
            assertEquals(-1, Files.mismatch(source.resolve(file), target.resolve(file)), file.toString());
        }
        // and what the host writes itself reads the same
        final var settings = new NodeSettings("workflow.knime");
        try (var in = Files.newInputStream(source.resolve("workflow.knime"))) {
            settings.load(in);
        }
        final var out = new ByteArrayOutputStream();
        settings.saveToXML(out);
        assertEquals(Files.readString(source.resolve("workflow.knime")), out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void savesWhatWasSetForTheRun() throws Exception {
        final Path workflow = copy("nodes/Backdoor Injector");
        Files.writeString(workflow.resolve("Backdoor Injector (#2)/unknown.txt"), "kept");
        final Path dir = folder.resolve("dir");
        final Path preferences = Files.writeString(folder.resolve("some.epf"), "file_export_version=3.0\n");
        final Run run = Run.of(workflow, folder.resolve("out"), "-destDir=" + dir, "-option=2,epsilon,0.3,double", "-preferences=" + preferences);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals("kept", Files.readString(dir.resolve("Backdoor Injector (#2)/unknown.txt")));
        final List<String> before = Files.readAllLines(workflow.resolve("Backdoor Injector (#2)/settings.xml"));
        final List<String> after = Files.readAllLines(dir.resolve("Backdoor Injector (#2)/settings.xml"));
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
            assertEquals(before.get(i).replace("\"epsilon\" type=\"xdouble\" value=\"0.2\"", "\"epsilon\" type=\"xdouble\" value=\"0.3\""), after.get(i));
        }
        final Path file = folder.resolve("w.knwf");
        assertEquals(ExitCode.SUCCESS, Run.of(dir, folder.resolve("out2"), "-destFile=" + file).code());
        final Workflow loaded = WorkflowReader.read(file, folder.resolve("unpacked"), List.of(), List.of());
        assertEquals(.3, loaded.nodes().get(2).node().save().getDouble("epsilon"));
        // nothing is overwritten
        final Run again = Run.of(workflow, folder.resolve("out3"), "-destDir=" + dir);
        assertEquals(ExitCode.USAGE, again.code(), again.text());
        assertTrue(again.errors().get(0).contains("is not empty"), again.text());
        assertEquals(ExitCode.USAGE, Run.of(workflow, folder.resolve("out4"), "-destFile=" + dir).code());
    }

    @Test
    void resultsOfAnExecutedWorkflowAreNotSaved() throws Exception {
        final Path workflow = copy("nodes/Backdoor Injector");
        final Path settings = workflow.resolve("Backdoor Injector (#2)/settings.xml");
        Files.writeString(settings, Files.readString(settings).replace("key=\"state\" type=\"xstring\" value=\"CONFIGURED\"", "key=\"state\" type=\"xstring\" value=\"EXECUTED\"")
            .replace("<config key=\"ports\"/>", "<config key=\"ports\"><config key=\"port_1\"><entry key=\"index\" type=\"xint\" value=\"1\"/></config></config>"));
        Files.createDirectories(workflow.resolve("Backdoor Injector (#2)/port_1"));
        Files.writeString(workflow.resolve("Backdoor Injector (#2)/port_1/data.zip"), "result");
        Files.createDirectories(workflow.resolve("data"));
        Files.writeString(workflow.resolve("data/port_1"), "input of the user");
        final Path target = folder.resolve("saved");
        WorkflowWriter.save(workflow, List.of(), List.of(), target);
        assertTrue(Files.notExists(target.resolve("Backdoor Injector (#2)/port_1")));
        assertEquals("input of the user", Files.readString(target.resolve("data/port_1")));
        assertEquals(Files.readString(Run.WORKFLOWS.resolve("nodes/Backdoor Injector/Backdoor Injector (#2)/settings.xml")).replace("CONFIGURED", "IDLE"),
            Files.readString(target.resolve("Backdoor Injector (#2)/settings.xml")));
        assertThrows(IOException.class, () -> WorkflowWriter.save(workflow, List.of(), List.of(), workflow.resolve("inside")));
    }
}
