package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;
import org.spectralsignatures.synthetic.SyntheticOptions;

/** Bad input: one clear message, the right status code, nothing left behind. */
class BadInputTest {

    private static final Path MAIN = Run.WORKFLOWS.resolve("Spectral Signatures");

    private static final Path FILES = Run.WORKFLOWS.resolve("CIFAR-10");

    @TempDir
    Path folder;

    /** Folders of classes named as CIFAR-10's, 16 x 16 pixels. */
    private Path images() throws IOException {
        final var generator = new SyntheticImageGenerator(new SyntheticOptions(2, 16, 1));
        for (String part : List.of("train", "test")) {
            for (int c = 0; c < 2; c++) {
                final Path target = Files.createDirectories(folder.resolve("images").resolve(part).resolve(c == 0 ? "automobile" : "dog"));
                for (int i = 0; i < 20; i++) {
                    Files.write(target.resolve(i + ".png"), ImageCodec.encodePng(generator.image(part.equals("test"), c, i), generator.shape()));
                }
            }
        }
        return folder.resolve("images");
    }

    private Run files(final String... options) throws Exception {
        final var all = new ArrayList<String>(List.of("-workflow.variable=path," + images() + ",String", "-workflow.variable=classes,,String",
            "-workflow.variable=epochs,1,int", "-workflow.variable=epsilon,0.2,double", "-option=3,row,5,int", "-option=3,column,5,int"));
        all.addAll(List.of(options));
        return Run.of(FILES, folder.resolve("out"), all.toArray(String[]::new));
    }

    private static long leftovers() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("spectralsignatures")).count();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { //
        "4,labelColumn,Nope,String | CONFIGURE | no column 'Nope'", //
        "4,labelColumn,Image,String | CONFIGURE | cannot be the label column", //
        "2,row,32,int | CONFIGURE | choose a row from 1 to 30", //
        "2,epsilon,1.5,double | CONFIGURE | Epsilon is 1.5", //
        "2,targetClass,rows,String | CONFIGURE | two different classes", //
        "2,sampleClass,zebra,String | CONFIGURE | no class 'zebra'", //
        "5,layer,conv9,String | CONFIGURE | It has images, stem, group1-unit1", //
        "4,epochs,0,int | CONFIGURE | epochs must be at least 1", //
        "4,schedule,COSINE,String | CONFIGURE | one of ONE_CYCLE", //
        "1,classes,1,int | CONFIGURE | between 2 and 24", //
    })
    void settings(final String option, final String code, final String message) throws Exception {
        final long before = leftovers();
        final Run run = Run.of(MAIN, folder, "-option=" + option);
        assertEquals(ExitCode.valueOf(code), run.code(), run.text());
        assertEquals(1, run.errors().size(), run.text());
        assertTrue(run.errors().get(0).contains(message), run.text());
        assertEquals(before, leftovers());
    }

    @Test
    void missingPath() throws Exception {
        final Run run = Run.of(FILES, folder, "-workflow.variable=path,/no/such/folder,String");
        assertEquals(ExitCode.CONFIGURE, run.code());
        assertTrue(run.errors().stream().allMatch(l -> l.contains("'/no/such/folder' does not exist")), run.text());
    }

    @Test
    void imagesFromFoldersRunThroughTheWholeWorkflow() throws Exception {
        final Run run = files();
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(List.of("before", "after", "reference"), run.table("Backdoor Evaluator (#11)", "Metrics").stream().map(r -> r.get("Row ID")).toList());
        assertEquals(44, run.table("Backdoor Injector (#3)", "Poisoned images").size());
    }

    @Test
    void corruptImageIsNamedOrSkipped() throws Exception {
        Files.writeString(images().resolve("train/dog/7.png"), "no image");
        final Run failed = Run.of(FILES, folder.resolve("out"), "-workflow.variable=path," + folder.resolve("images") + ",String",
            "-workflow.variable=classes,,String", "-option=3,row,5,int", "-option=3,column,5,int");
        assertEquals(ExitCode.EXECUTION, failed.code());
        assertEquals(1, failed.errors().size(), failed.text());
        assertTrue(failed.errors().get(0).contains("dog/7.png") && failed.errors().get(0).contains("Skip unreadable images"), failed.text());
        final Run skipped = Run.of(FILES, folder.resolve("out"), "-workflow.variable=path," + folder.resolve("images") + ",String",
            "-workflow.variable=classes,,String", "-workflow.variable=epochs,1,int", "-workflow.variable=epsilon,0.2,double", "-option=3,row,5,int",
            "-option=3,column,5,int", "-option=1,skipUnreadable,true,boolean");
        assertEquals(ExitCode.SUCCESS, skipped.code(), skipped.text());
        assertTrue(skipped.text().contains(" images were skipped: 1 of a kind that is not read. The first: Image 'dog/7.png'"), skipped.text());
    }

    @Test
    void oneClassOnly() throws Exception {
        final Run run = files("-workflow.variable=classes,automobile,String");
        assertEquals(ExitCode.CONFIGURE, run.code(), run.text());
        assertTrue(run.errors().stream().anyMatch(l -> l.contains("only the class 'automobile'")), run.text());
        assertTrue(run.errors().stream().anyMatch(l -> l.contains("a classifier needs at least two")), run.text());
    }

    @Test
    void networkOfAnotherImageShape() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Predictor refuses images of another size"), folder);
        assertEquals(ExitCode.CONFIGURE, run.code());
        assertEquals(1, run.errors().size(), run.text());
        assertTrue(run.errors().get(0).contains("32 x 32 pixels, but the network was trained on 16 x 16 pixels"), run.text());
    }
}
