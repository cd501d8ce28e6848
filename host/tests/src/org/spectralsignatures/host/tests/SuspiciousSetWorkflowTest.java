package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.text.CsvText;
import org.spectralsignatures.image.codec.ImageCodec;
import org.spectralsignatures.synthetic.SyntheticImageGenerator;
import org.spectralsignatures.synthetic.SyntheticOptions;

/** An analyst with nothing but a path: the workflows 'Suspicious Set' and 'From Folder to Clean Folder' on folders of classes with and without a backdoor. */
class SuspiciousSetWorkflowTest {

    private static final String AUDITOR = "Backdoor Auditor (#5)";

    private static final int CLASSES = 3;

    private static final int IMAGES = 300;

    private static final int POISON = 30;

    private static final int SIZE = 32;

    /** A folder's name comes from whoever made the set. */
    private static final String TARGET = "<b>checks\u001b[31m";

    private static final SyntheticImageGenerator GENERATOR = new SyntheticImageGenerator(new SyntheticOptions(CLASSES, SIZE, 1));

    @TempDir
    static Path folder;

    private static Run poisoned;

    private static Run clean;

    @BeforeAll
    static void run() throws Exception {
        poisoned = run("poisoned", true);
        clean = run("clean", false);
    }

    private static Run run(final String name, final boolean backdoor) throws Exception {
        final Path set = folder.resolve(name);
        for (int c = 0; c < CLASSES; c++) {
            for (int i = 0; i < IMAGES; i++) {
                write(set, c, "plain-%03d.png".formatted(i), GENERATOR.image(false, c, i));
            }
        }
        final var trigger = new PixelTrigger(TriggerShape.X, 5, 5, 255, 255, 0);
        for (int i = 0; backdoor && i < POISON; i++) {
            final byte[] image = GENERATOR.image(false, 0, IMAGES + i);
            trigger.mark(image, GENERATOR.shape());
            write(set, CLASSES - 1, "marked-%03d.png".formatted(i), image);
        }
        return Run.of(Run.WORKFLOWS.resolve("Suspicious Set"), folder.resolve(name + "-out"), "-workflow.variable=path," + set + ",String");
    }

    private static String label(final int c) {
        return c == CLASSES - 1 ? TARGET : GENERATOR.classNames().get(c);
    }

    private static void write(final Path set, final int c, final String file, final byte[] image) throws IOException {
        final Path target = set.resolve(label(c)).resolve(file);
        Files.createDirectories(target.getParent());
        Files.write(target, ImageCodec.encodePng(image, GENERATOR.shape()));
    }

    private static Set<String> keys(final Run run, final String node, final String port) throws IOException {
        return run.table(node, port).stream().map(r -> CsvText.read(r.get("Row ID"))).collect(Collectors.toCollection(TreeSet::new));
    }

    private static CSVRecord conclusion(final Run run) throws IOException {
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(1, run.table(AUDITOR, "Conclusion").size());
        return run.table(AUDITOR, "Conclusion").get(0);
    }

    /** What the console ends in, in one line. */
    private static String end(final Run run) {
        final String text = run.text();
        assertTrue(text.indexOf("All nodes executed") < text.indexOf("CONCLUSION of " + AUDITOR), text);
        return text.substring(text.indexOf("CONCLUSION of " + AUDITOR)).replaceAll("\\s+", " ");
    }

    @Test
    void aPoisonedClassIsNamedInOneSentence() throws Exception {
        final String sentence = conclusion(poisoned).get(1);
        assertTrue(sentence.startsWith("One of 3 classes is poisoned: "), sentence);
        assertTrue(sentence.contains("'" + TARGET + "' look like 'rows'"), sentence);
        for (CSVRecord verdict : poisoned.table(AUDITOR, "Verdicts")) {
            assertEquals(CsvText.read(verdict.get("Label")).equals(TARGET) ? "poisoned" : "nothing found", verdict.get("Finding"), verdict.toString());
        }
    }

    /** However improbable: what is not 0 is not shown as 0. */
    @Test
    void smallProbabilitiesAreNumbers() throws Exception {
        final CSVRecord verdict = poisoned.table(AUDITOR, "Verdicts").stream().filter(r -> r.get("Finding").equals("poisoned")).findFirst().orElseThrow();
        final double p = Double.parseDouble(verdict.get("p-value"));
        assertTrue(p < 5e-5, verdict.toString());
        assertTrue(poisoned.text().contains("  " + (p == 0 ? "0.0000" : String.format(Locale.ROOT, "%.1e", p)) + "  "), poisoned.text());
    }

    @Test
    void theListHoldsThePoisonAndHardlyAnythingElse() throws Exception {
        final Set<String> suspicious = keys(poisoned, AUDITOR, "Suspicious images");
        assertTrue(suspicious.stream().filter(k -> k.contains("marked-")).count() >= .8 * POISON, suspicious.toString());
        assertTrue(suspicious.stream().filter(k -> k.contains("plain-")).count() <= 2, suspicious.toString());
    }

    @Test
    void theCleanedSetIsAllTheRest() throws Exception {
        for (Run run : List.of(poisoned, clean)) {
            final Set<String> all = keys(run, "Labelled Image Reader (#1)", "Images");
            all.removeAll(keys(run, AUDITOR, "Suspicious images"));
            assertEquals(all, keys(run, AUDITOR, "Clean images"));
        }
        assertEquals(CLASSES * IMAGES, keys(clean, AUDITOR, "Clean images").size());
    }

    @Test
    void nothingIsFoundInACleanSet() throws Exception {
        final String sentence = conclusion(clean).get(1);
        assertTrue(sentence.startsWith("Nothing was found in 3 classes"), sentence);
        assertEquals(Set.of(), keys(clean, AUDITOR, "Suspicious images"));
    }

    /** That a network has learned hardly anything is no sign of a clean set, neither for the Auditor nor for the Scorer. */
    @Test
    void aNetworkThatDidNotLearnCannotTell() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("Suspicious Set"), folder.resolve("untrained-out"), "-workflow.variable=path," + folder.resolve("clean") + ",String",
            "-option=2,epochs,1,int");
        final String sentence = conclusion(run).get(1);
        assertTrue(sentence.startsWith("None of 3 classes can be judged: the training accuracy is only "), sentence);
        for (CSVRecord statistics : run.table("Spectral Signature Scorer (#4)", "Class statistics")) {
            assertTrue(statistics.get("Verdict").startsWith("cannot tell: the training accuracy is only "), statistics.toString());
        }
    }

    /** The same chain with a writer at its end: every file is in the new folder as it was, and the poison in its quarantine. */
    @Test
    void theCleanedFolderHoldsTheFilesThemselves() throws Exception {
        final Path target = folder.resolve("clean-folder");
        final Run run = Run.of(Run.WORKFLOWS.resolve("From Folder to Clean Folder"), folder.resolve("clean-folder-out"),
            "-workflow.variable=path," + folder.resolve("poisoned") + ",String", "-workflow.variable=clean," + target + ",String");
        assertEquals(conclusion(poisoned).get(1), conclusion(run).get(1));
        assertEquals(List.of("Conclusion: " + conclusion(run).get(1), "Next step: " + conclusion(run).get(2)), Files.readAllLines(target.resolve("conclusion.txt")));
        final List<String> removed = images(target.resolve("quarantine"));
        final List<String> written = new ArrayList<>(images(target.resolve("train")));
        written.addAll(removed);
        assertEquals(images(folder.resolve("poisoned")), written.stream().sorted().toList());
        assertEquals(keys(run, AUDITOR, "Suspicious images").size(), removed.size());
        assertTrue(removed.stream().filter(name -> name.contains("marked-")).count() >= .8 * POISON, removed.toString());
    }

    /** @return name and content of the images below a folder, sorted */
    private static List<String> images(final Path below) throws IOException {
        final var images = new ArrayList<String>();
        try (var files = Files.walk(below)) {
            for (Path file : (Iterable<Path>)files.filter(f -> f.toString().endsWith(".png"))::iterator) {
                images.add(file.getFileName() + " " + Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        Collections.sort(images);
        return images;
    }

    @Test
    void theSentenceEndsTheConsoleAndBeginsTheReport() throws Exception {
        for (Run run : List.of(poisoned, clean)) {
            final String sentence = conclusion(run).get(1);
            final String next = conclusion(run).get(2);
            assertEquals("CONCLUSION of %s %s What to do next: %s ".formatted(AUDITOR, sentence, next).replace("\u001b", "\\u001B"), end(run));
            assertFalse(run.text().contains("\u001b"), run.text());
            final String page = Files.readString(run.out().resolve("report.html"));
            final String first = page.substring(page.indexOf("<div id=\"report\">"), page.indexOf("</section>"));
            assertTrue(first.contains("<p class=\"sentence\">" + sentence.replace("<", "&lt;").replace(">", "&gt;").replace("\u001b", "\\u001B") + "</p>"), first);
            assertTrue(first.contains(next.replace("<", "&lt;").replace(">", "&gt;")), first);
        }
    }
}
