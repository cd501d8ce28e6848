package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.host.app.BatchApplication;
import org.spectralsignatures.host.app.BatchOptions;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.workflow.WorkflowVariable;

/** The options mean what they mean for KNIME's batch application, or a note or refusal says so. */
class BatchOptionsTest {

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("nodes/Backdoor Injector");

    @TempDir
    Path folder;

    private static BatchOptions parse(final String... more) {
        final var arguments = new ArrayList<String>(List.of("-workflowDir=" + WORKFLOW));
        arguments.addAll(List.of(more));
        return BatchOptions.parse(arguments);
    }

    private static String refusal(final String... more) {
        return assertThrows(IllegalArgumentException.class, () -> parse(more)).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
        "path,/a b,String | STRING | /a b", //
        "path,\"a,b\",String | STRING | a,b", //
        "path,'a\\'b',String | STRING | a'b", //
        "path,a,b,String | STRING | a,b", //
        "path,it's,String | STRING | it's", //
        "path,7,int | INTEGER | 7", //
        "path,1e-2,double | DOUBLE | 0.01", //
        "path,true,boolean | BOOLEAN | true", //
    })
    void variables(final String text, final String type, final String value) {
        assertEquals(List.of(new WorkflowVariable("path", type, value)), parse("-workflow.variable=" + text).variables());
    }

    @Test
    void anEmptyValueIsOne() {
        assertEquals("", parse("-workflow.variable=path,,String").variables().get(0).value());
        assertEquals("", parse("-option=3,setting,,String").overrides().get(0).value().value());
    }

    @Test
    void optionsNameNodesInMetanodes() {
        assertEquals("5:3", parse("-option=5/3,group/setting,1,int").overrides().get(0).node());
        assertTrue(refusal("-option=5.3,setting,1,int").contains("with the node's id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
        "-workflow.variable=path,1 | expected -workflow.variable=name,value,type", //
        "-workflow.variable=path,\"1,int | a quote is not closed", //
        "-workflow.variable=path,x,int | 'x' of 'path' is no int", //
        "-workflow.variable=path,maybe,boolean | neither true nor false", //
        "-workflow.variable=path,1,short | 'short' is no type", //
        "-option=3,setting,1 | expected -option=node,setting,value,type", //
        "-workflowDir=/no/such/folder | is not a directory", //
        "-workflowFile=/no/such/file.knwf | is not a file", //
        "-preferences=/no/such/file.epf | does not exist", //
        "-credential= | -credential needs a name", //
        "-masterkey= | must not be empty", //
        "-destDir=a.knwf | -destDir names a folder", //
        "-destFile=a | -destFile names a .knwf or .zip file", //
        "-destFile | Unknown option '-destFile' without a value", //
        "-nosave=1 | Unknown option '-nosave' with a value", //
        "-Reset | Unknown option '-Reset'; did you mean '-reset'?", //
        "-gird=x | Unknown option '-gird'; did you mean '-grid'?", //
        "-engine | -engine needs a name, for example cpu or cuda.", //
        "-xyz | Unknown option '-xyz'.", //
        "other | Two workflows were given", //
        "-out | -out needs a folder", //
        "-out= | -out needs a folder", //
        "-out -grid | Unknown option '-out -grid'", //
        "-workflow.variable=path,1,strng | did you mean 'String'?", //
    })
    void whatIsWrongIsRefused(final String argument, final String message) {
        assertTrue(refusal(argument).contains(message), refusal(argument));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-updateLinks", "-masterkey", "-masterkey=secret", "-credential=db;me;secret", "-noversioncheck", "-profileList=http://x", "-checkForUpdates"})
    void whatHasNoEffectIsNotedWithoutSecrets(final String argument) {
        assertEquals(List.of(argument.replaceAll("=.*", "") + " has no effect here"), parse(argument).notes());
    }

    @Test
    void preferencesAreTakenOver() throws Exception {
        final Path file = Files.writeString(folder.resolve("some.epf"), """
            file_export_version=3.0
            \\!/=
            /instance/org.spectralsignatures.test/place=some\\\\where
            """);
        try {
            final Run run = Run.of(WORKFLOW, folder.resolve("out"), "-noexecute", "-preferences=" + file);
            assertEquals(ExitCode.SUCCESS, run.code(), run.text());
            assertFalse(run.text().contains("nothing was taken over"), run.text());
            assertEquals("some\\where", InstanceScope.INSTANCE.getNode("org.spectralsignatures.test").get("place", ""));
        } finally {
            InstanceScope.INSTANCE.getNode("org.spectralsignatures.test").removeNode();
        }
    }

    /** Without the first line the file is taken for one of another kind. */
    @ParameterizedTest
    @ValueSource(strings = {"file_export_version=3.0\n", "file_export_version=3.0\n/project/a/b=c\n", "/instance/org.spectralsignatures.test/place=c\n"})
    void preferencesOfWhichNoneCountAreNoted(final String text) throws Exception {
        final Path file = Files.writeString(folder.resolve("other.epf"), text);
        final Run run = Run.of(WORKFLOW, folder.resolve("out"), "-noexecute", "-preferences=" + file);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertTrue(run.text().contains("NOTE   -preferences: '" + file + "' holds no preferences of the workspace"), run.text());
        assertEquals("", InstanceScope.INSTANCE.getNode("org.spectralsignatures.test").get("place", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file_export_version=3.0\n/instance/a/b=\\u12x"})
    void whatHoldsNoPreferencesIsNamed(final String text) throws Exception {
        final Path file = Files.writeString(folder.resolve("other.epf"), text);
        final Run run = Run.of(WORKFLOW, folder.resolve("out"), "-noexecute", "-preferences=" + file);
        assertEquals(ExitCode.USAGE, run.code(), run.text());
        assertTrue(run.errors().get(0).startsWith("ERROR  -preferences: '" + file + "' is no file of preferences that Eclipse exported ("), run.text());
    }

    @Test
    void nosaveSavesNothing() {
        final BatchOptions options = parse("-destDir=" + folder.resolve("x"), "-nosave");
        assertEquals(null, options.saved());
        assertEquals(List.of("-nosave was given: the workflow is not saved"), options.notes());
        assertEquals(folder.resolve("y.zip"), parse("-destDir=" + folder.resolve("x"), "-destFile=" + folder.resolve("y.zip")).saved());
        assertEquals(List.of(), parse("-destDir=" + folder.resolve("x"), "-reset", "-failonloaderror").notes());
    }

    @Test
    void noexecuteOnlyConfiguresAndSaves() throws Exception {
        final Run run = Run.of(WORKFLOW, folder.resolve("out"), "-noexecute", "-destDir=" + folder.resolve("saved"), "-option=2,row,6,int");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertFalse(run.text().contains("start "), run.text());
        assertTrue(run.text().contains("Nothing was executed"), run.text());
        assertFalse(Files.exists(folder.resolve("out")));
        assertTrue(Files.readString(folder.resolve("saved/Backdoor Injector (#2)/settings.xml")).contains("key=\"row\" type=\"xint\" value=\"6\""));
        final Run wrong = Run.of(WORKFLOW, folder.resolve("out"), "-noexecute", "-option=2,labelColumn,Nope,String");
        assertEquals(ExitCode.CONFIGURE, wrong.code(), wrong.text());
        assertEquals(1, wrong.errors().size(), wrong.text());
    }

    @Test
    void withoutArgumentsItTellsHowToUseIt() throws Exception {
        final var bytes = new ByteArrayOutputStream();
        assertEquals(ExitCode.SUCCESS, new BatchApplication().run(List.of(), new PrintStream(bytes, true, StandardCharsets.UTF_8), false));
        assertEquals(BatchOptions.USAGE, bytes.toString(StandardCharsets.UTF_8));
        assertEquals(0, ExitCode.SUCCESS.code());
        assertEquals(2, ExitCode.USAGE.code());
        assertEquals(3, ExitCode.LOAD.code());
        assertEquals(4, ExitCode.EXECUTION.code());
    }
}
