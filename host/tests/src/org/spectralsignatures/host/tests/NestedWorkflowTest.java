package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.node.NodeSettings;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowLoadException;
import org.spectralsignatures.host.workflow.WorkflowReader;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/** Metanodes, components and flow variables along connections, in a workflow as KNIME saves it. */
class NestedWorkflowTest {

    private static final String INNER = "Poison twice (#2)/Again (#2)/Backdoor Injector (#7)/settings.xml";

    @TempDir
    Path folder;

    private Path workflow;

    @BeforeEach
    void copy() throws IOException {
        workflow = Folders.copy(Run.FILES.resolve("Metanodes and components"), folder.resolve("workflow"));
    }

    private Workflow load(final WorkflowVariable... variables) throws WorkflowLoadException {
        return WorkflowReader.read(workflow, folder.resolve("x"), List.of(variables), List.of());
    }

    private static NodeSettings settings(final Workflow loaded, final String path) {
        return loaded.nodes().values().stream().filter(n -> n.path().equals(path)).findFirst().orElseThrow().node().save();
    }

    private void edit(final String file, final String from, final String to) throws IOException {
        final String text = Files.readString(workflow.resolve(file));
        assertTrue(text.contains(from), from);
        Files.writeString(workflow.resolve(file), text.replace(from, to));
    }

    private String problem() {
        return assertThrows(WorkflowLoadException.class, this::load).getMessage();
    }

    @Test
    void nodesAreNumberedAsInKnime() throws Exception {
        assertEquals(List.of("Synthetic Image Generator (#1)", "Backdoor Injector (#2:1)", "Backdoor Injector (#2:2:7)", "Trigger Applier (#3:0:3)",
            "Trigger Applier (#4)"), load().nodes().values().stream().map(n -> n.label()).toList());
    }

    @Test
    void workflowVariablesReachMetanodes() throws Exception {
        assertEquals(.2, settings(load(), "2:1").getDouble("epsilon"));
        assertEquals(.3, settings(load(WorkflowVariable.parse("epsilon", "0.3", "double")), "2:1").getDouble("epsilon"));
    }

    @Test
    void exposedSettingsFlowDownstreamThroughPortsOfMetanodes() throws Exception {
        assertEquals(60, settings(load(), "2:2:7").getLong("seed"));
        edit("Synthetic Image Generator (#1)/settings.xml", "\"imagesPerClass\" type=\"xint\" value=\"60\"", "\"imagesPerClass\" type=\"xint\" value=\"61\"");
        assertEquals(61, settings(load(), "2:2:7").getLong("seed"));
        edit("Synthetic Image Generator (#1)/settings.xml", "value=\"made\"", "value=\"other\"");
        assertTrue(problem().contains("Backdoor Injector (#2:2:7): The setting 'seed' needs the variable 'made', which does not exist here"));
    }

    @Test
    void componentsSeeOnlyTheVariablesThatTheirInputNodeLetsIn() throws Exception {
        assertEquals("Image", settings(load(), "3:0:3").getString("imageColumn"));
        edit("Mark (#3)/Trigger Applier (#3)/settings.xml", "value=\"c_image\"", "value=\"image\"");
        assertTrue(problem().contains("Trigger Applier (#3:0:3): The setting 'imageColumn' needs the variable 'image'"));
    }

    @Test
    void componentsHideWhatIsExcludedAndWhatIsNotIncluded() throws Exception {
        edit("Mark (#3)/Trigger Applier (#3)/settings.xml", "value=\"c_image\"", "value=\"c_hidden\"");
        assertTrue(problem().contains("needs the variable 'c_hidden'"));
        edit("Mark (#3)/Trigger Applier (#3)/settings.xml", "value=\"c_hidden\"", "value=\"c_image\"");
        edit("Mark (#3)/Component Input (#1)/settings.xml", "EnforceExclusion", "EnforceInclusion");
        assertTrue(problem().contains("needs the variable 'c_image'"));
    }

    @Test
    void componentsGiveOutWhatTheirOutputNodeLetsOut() throws Exception {
        assertEquals("Label", settings(load(), "4").getString("labelColumn"));
        edit("Mark (#3)/Component Output (#2)/settings.xml", "value=\"label_*\"", "value=\"label_?\"");
        assertTrue(problem().contains("Trigger Applier (#4): The setting 'labelColumn' needs the variable 'label_used'"));
    }

    /** As in KNIME, the flow variable port comes before the first port and that before the last one. */
    @Test
    void theVariablePortComesFirstThenTheFirstPort() throws Exception {
        final String applier = "Trigger Applier (#4)/settings.xml";
        edit("Mark (#3)/Trigger Applier (#3)/settings.xml", "<entry key=\"exposed_variable\" type=\"xstring\" isnull=\"true\" value=\"\"/>",
            "<entry key=\"exposed_variable\" type=\"xstring\" value=\"label_x\"/>");
        edit("Poison twice (#2)/Backdoor Injector (#1)/settings.xml", "value=\"target\"", "value=\"label_x\"");
        edit(applier, "value=\"label_used\"", "value=\"label_x\"");
        assertEquals("Image", settings(load(), "4").getString("labelColumn"), "from the component at the first port");
        edit("workflow.knime", "        <config key=\"connection_5\">", """
                    <config key="connection_6">
                        <entry key="sourceID" type="xint" value="5"/>
                        <entry key="destID" type="xint" value="4"/>
                        <entry key="sourcePort" type="xint" value="0"/>
                        <entry key="destPort" type="xint" value="0"/>
                    </config>
                    <config key="connection_5">""");
        edit("workflow.knime", "        <config key=\"node_4\">", """
                    <config key="node_5">
                        <entry key="id" type="xint" value="5"/>
                        <entry key="node_settings_file" type="xstring" value="Synthetic Image Generator (#5)/settings.xml"/>
                        <entry key="node_is_meta" type="xboolean" value="false"/>
                        <entry key="node_type" type="xstring" value="NativeNode"/>
                    </config>
                    <config key="node_4">""");
        Folders.copy(workflow.resolve("Synthetic Image Generator (#1)"), workflow.resolve("Synthetic Image Generator (#5)"));
        edit("Synthetic Image Generator (#5)/settings.xml", "value=\"made\"", "value=\"label_x\"");
        assertEquals("60", settings(load(), "4").getString("labelColumn"), "from the flow variable port");
    }

    @Test
    void aComponentRunsAsAWhole() throws Exception {
        final Workflow loaded = load();
        final int inner = loaded.nodes().values().stream().filter(n -> n.path().equals("3:0:3")).findFirst().orElseThrow().id();
        edit("Mark (#3)/workflow.knime", "<entry key=\"sourceID\" type=\"xint\" value=\"3\"/>", "<entry key=\"sourceID\" type=\"xint\" value=\"1\"/>");
        edit("Trigger Applier (#4)/settings.xml", "value=\"label_used\"", "value=\"image\"");
        assertTrue(loaded.predecessors(4).contains(inner));
        assertTrue(load().predecessors(4).contains(inner), "although its output does not come from there");
        assertTrue(loaded.predecessors(inner).contains(1));
    }

    @Test
    void givesTheSameAsTheWorkflowWithoutThem() throws Exception {
        final Run nested = Run.of(workflow, folder.resolve("nested"));
        final Run flat = Run.of(Run.WORKFLOWS.resolve("nodes/Backdoor Injector"), folder.resolve("flat"), "-option=3,seed,60,int");
        assertEquals(ExitCode.SUCCESS, nested.code(), nested.text());
        assertEquals(ExitCode.SUCCESS, flat.code(), flat.text());
        assertEquals(Files.readString(folder.resolve("flat/Backdoor Injector (#3)/Poisoned images.csv")),
            Files.readString(folder.resolve("nested/Backdoor Injector (#2_2_7)/Poisoned images.csv")));
        assertEquals(Files.readString(folder.resolve("flat/Trigger Applier (#4)/Marked images.csv")),
            Files.readString(folder.resolve("nested/Trigger Applier (#3_0_3)/Marked images.csv")));
    }

    @Test
    void optionsReachNodesInMetanodes() throws Exception {
        final Run run = Run.of(workflow, folder.resolve("out"), "-option=2/2/7,targetClass,columns,String", "-destDir=" + folder.resolve("saved"));
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        workflow = folder.resolve("saved");
        assertEquals("columns", settings(load(), "2:2:7").getString("targetClass"));
        assertEquals("columns", settings(load(), "2:1").getString("targetClass"));
        assertEquals(ExitCode.LOAD, Run.of(workflow, folder.resolve("out"), "-option=2,targetClass,columns,String").code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "workflow.knime | value=\"5.1.0\" | value=\"5.2.0\" | future version of KNIME",
        "workflow.knime | value=\"5.1.0\" | value=\"2.5.0\" | old format 2.5.0",
        "workflow.knime | value=\"Poison twice (#2)/workflow.knime\" | value=\"workflow.knime\" | does not lie in a folder below",
        "workflow.knime | value=\"Poison twice (#2)/workflow.knime\" | value=\"../x/workflow.knime\" | does not lie in a folder below",
        "workflow.knime | value=\"MetaNode\" | value=\"Other\" | Node #2 is of the unknown kind 'Other'",
        "workflow.knime | <entry key=\"id\" type=\"xint\" value=\"4\"/> | <entry key=\"id\" type=\"xint\" value=\"3\"/> | There are two nodes #3",
        "Poison twice (#2)/workflow.knime | <config key=\"workflow_credentials\"/> | "
            + "<config key=\"cipher\"/><config key=\"workflow_credentials\"/> | Poison twice (#2): it is locked",
        "Poison twice (#2)/Again (#2)/workflow.knime | <entry key=\"destPort\" type=\"xint\" value=\"1\"/> | "
            + "<entry key=\"destPort\" type=\"xint\" value=\"2\"/> | which do not both exist",
        "Poison twice (#2)/Again (#2)/workflow.knime | <entry key=\"sourcePort\" type=\"xint\" value=\"2\"/> | "
            + "<entry key=\"sourcePort\" type=\"xint\" value=\"0\"/> | one of them is for flow variables",
        "Poison twice (#2)/Again (#2)/workflow.knime | <entry key=\"destID\" type=\"xint\" value=\"-1\"/> | "
            + "<entry key=\"destID\" type=\"xint\" value=\"7\"/> | from node #7 to itself",
        "Mark (#3)/Trigger Applier (#3)/settings.xml | applier.TriggerApplierNodeFactory | applier.Nothing | MISSING Trigger Applier (#3:0:3)",
        "Mark (#3)/Trigger Applier (#3)/settings.xml | applier.TriggerApplierNodeFactory | applier.Nothing | the extension 'Spectral Signatures for KNIME'",
        "Mark (#3)/Trigger Applier (#3)/settings.xml | key=\"node-bundle-name\" | key=\"node-bundle-label\" | Node #3:0:3: ",
        "Mark (#3)/Component Input (#1)/settings.xml | value=\"STANDARD\" | value=\"TYPE\" | chosen by 'TYPE'",
    })
    void whatCannotBeLoadedIsNamed(final String file, final String from, final String to, final String message) throws Exception {
        edit(file, from, to);
        assertTrue(problem().contains(message), problem());
    }

    @Test
    void variablesOfOtherTypesSetNothing() throws Exception {
        edit(INNER, "value=\"made\"", "value=\"names\"");
        assertTrue(problem().contains("The variable 'names' (STRINGARRAY) cannot set 'seed' (long)"));
        edit(INNER, "value=\"names\"", "value=\"image\"");
        assertTrue(problem().contains("The variable 'image' (STRING) cannot set 'seed' (long)"));
    }

    @Test
    void variablesForSettingsThatDoNotExistAreNoted() throws Exception {
        assertEquals(List.of(), load().notes());
        edit(INNER, "            <config key=\"seed\">", "            <config key=\"gone\">");
        assertEquals(1, load().notes().size());
        assertTrue(load().notes().get(0).contains("Backdoor Injector (#2:2:7): a flow variable is set for 'gone'"), load().notes().get(0));
    }

    @Test
    void foldersAreFoundWhateverTheirCase() throws Exception {
        edit("workflow.knime", "Mark (#3)/settings.xml", "MARK (#3)/settings.xml");
        assertEquals(5, load().nodes().size());
    }

    @Test
    void executedNodesAreSavedConfiguredWithoutResults() throws Exception {
        try (var files = Files.walk(workflow)) {
            for (Path file : files.filter(f -> f.endsWith("settings.xml") || f.endsWith("workflow.knime")).toList()) {
                edit(workflow.relativize(file).toString(), "\"state\" type=\"xstring\" value=\"IDLE\"", "\"state\" type=\"xstring\" value=\"EXECUTED\"");
            }
        }
        final Path results = Files.createDirectories(workflow.resolve(INNER).resolveSibling("port_1"));
        Files.writeString(results.resolve("data.bin"), "rows");
        Files.writeString(workflow.resolve(".savedWithData"), "x");
        edit(INNER, "<config key=\"flow_stack\"/>", "<config key=\"flow_stack\"><config key=\"Variable_0\"/></config>");
        final Path saved = folder.resolve("saved");
        final Run run = Run.of(workflow, folder.resolve("out"), "-destDir=" + saved);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertFalse(Files.exists(saved.resolve(".savedWithData")));
        assertFalse(Files.exists(saved.resolve(INNER).resolveSibling("port_1")));
        final Path before = Run.FILES.resolve("Metanodes and components");
        try (var files = Files.walk(saved)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(Files.readString(before.resolve(saved.relativize(file).toString())).replace("value=\"IDLE\"", "value=\"CONFIGURED\""),
                    Files.readString(file), file.toString());
            }
        }
    }

    @Test
    void unchangedFilesAreSavedByteForByte() throws Exception {
        final Path saved = folder.resolve("saved.knwf");
        assertEquals(ExitCode.SUCCESS, Run.of(workflow, folder.resolve("out"), "-destFile=" + saved).code());
        final Path unpacked = WorkflowReader.read(saved, folder.resolve("unpacked"), List.of(), List.of()).folder();
        try (var files = Files.walk(workflow)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(-1, Files.mismatch(file, unpacked.resolve(workflow.relativize(file).toString())), file.toString());
            }
        }
    }

    @Test
    void componentsInMetanodesInComponentsRun() throws Exception {
        workflow = Folders.copy(Run.FILES.resolve("Components in components"), folder.resolve("deep"));
        assertEquals("Image", settings(load(), "2:0:4:9:0:5").getString("imageColumn"));
        final Run run = Run.of(workflow, folder.resolve("out"), "-option=2/0/3,row,6,int");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(10, run.table("Trigger Applier (#2_0_4_9_0_5)", "Marked images").size());
        assertTrue(run.text().contains("Backdoor Injector (#2:0:3)"), run.text());
        edit("Outer (#2)/Component Input (#1)/settings.xml", "value=\"o_\"", "value=\"p_\"");
        assertTrue(problem().contains("Trigger Applier (#2:0:4:9:0:5): The setting 'imageColumn' needs the variable 'i_o_image'"), problem());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "workflow.knime | type=\"xboolean\" value=\"false\"/> | type=\"xboolean\" value=\"true\"/> | nightly build",
        "workflow.knime | value=\"5.12.0.v202604101200\" | value=\"6.0.0\" | saved by KNIME 6.0.0",
        "Trigger Applier (#4)/settings.xml | value=\"IDLE\" | value=\"EXECUTED\" | all nodes run anew",
        "Trigger Applier (#4)/settings.xml | <config key=\"factory_settings\"/> | <config key=\"job.manager\"/> | Trigger Applier (#4): its job manager",
        "Mark (#3)/settings.xml | <config key=\"outports\"> | <config key=\"reportConfiguration\"/><config key=\"outports\"> | Mark (#3): the report",
    })
    void whatIsUnlikeKnimeIsNoted(final String file, final String from, final String to, final String note) throws Exception {
        final String text = Files.readString(workflow.resolve(file));
        assertTrue(text.contains(from), from);
        Files.writeString(workflow.resolve(file), text.substring(0, text.indexOf(from)) + to + text.substring(text.indexOf(from) + from.length()));
        assertEquals(1, load().notes().size(), load().notes().toString());
        assertTrue(load().notes().get(0).contains(note), load().notes().get(0));
    }

    /** Their files say what the nodes of the workflow need; nothing else in them is touched. */
    @Test
    void credentialsAnnotationsAndUnknownKeysAreKept() throws Exception {
        edit("workflow.knime", "    <config key=\"nodes\">",
            "    <config key=\"of_a_later_version\"><entry key=\"x\" type=\"xfloat\" value=\"1.5\"/></config>\n    <config key=\"nodes\">");
        final Path saved = folder.resolve("saved");
        final Run run = Run.of(workflow, folder.resolve("out"), "-noexecute", "-workflow.variable=epsilon,0.3,double", "-destDir=" + saved);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(Files.readString(workflow.resolve("workflow.knime")).replace("value=\"0.2\"", "value=\"0.3\"")
            .replace("<config key=\"of_a_later_version\"><entry key=\"x\" type=\"xfloat\" value=\"1.5\"/></config>",
                "<config key=\"of_a_later_version\">\n        <entry key=\"x\" type=\"xfloat\" value=\"1.5\"/>\n    </config>"),
            Files.readString(saved.resolve("workflow.knime")));
    }
}
