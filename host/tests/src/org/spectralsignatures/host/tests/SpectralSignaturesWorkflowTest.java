package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.host.app.ExitCode;

/** The main job: the workflow 'Spectral Signatures' as a user runs it. */
class SpectralSignaturesWorkflowTest {

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("Spectral Signatures");

    @TempDir
    Path folder;

    private static double number(final CSVRecord row, final String column) {
        return Double.parseDouble(row.get(column));
    }

    @Test
    void cleansAPoisonedSet() throws Exception {
        final Run run = Run.of(WORKFLOW, folder);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final Map<String, CSVRecord> metrics = new HashMap<>();
        run.table("Backdoor Evaluator (#10)", "Metrics").forEach(r -> metrics.put(r.get("Row ID"), r));
        final CSVRecord before = metrics.get("before");
        final CSVRecord after = metrics.get("after");
        final CSVRecord reference = metrics.get("reference");
        assertTrue(number(before, "Attack success rate") >= .9, run.text());
        assertTrue(number(after, "Attack success rate") <= number(reference, "Attack success rate") + .02, run.text());
        assertTrue(number(after, "Clean accuracy") >= number(before, "Clean accuracy") - .01, run.text());
        assertEquals(40, number(before, "Poison in training set"));
        assertTrue(number(after, "Poison removed") >= .95 * 40, run.text());
        checkCounts(run, after);
    }

    /** What the evaluator says, counted again from the other tables. */
    private static void checkCounts(final Run run, final CSVRecord after) throws Exception {
        final List<CSVRecord> removed = run.table("Top-k Remover (#7)", "Removed");
        final List<CSVRecord> kept = run.table("Top-k Remover (#7)", "Kept");
        // 3 classes of 400 lose round(.15 * 400) = 60 each, the target class of 440 loses 66
        assertEquals(3 * 60 + 66, removed.size());
        assertEquals(1640 - 246, kept.size());
        final long poisonRemoved = removed.stream().filter(r -> r.get("Poisoned").equals("true")).count();
        assertEquals(poisonRemoved, (long)number(after, "Poison removed"));
        assertEquals(kept.stream().filter(r -> r.get("Poisoned").equals("true")).count(), (long)number(after, "Poison left"));
        assertEquals(poisonRemoved / 246., number(after, "Removal precision"), 1e-12);
        final Map<String, String> scores = new HashMap<>();
        run.table("Spectral Signature Scorer (#6)", "Scores").forEach(r -> scores.put(r.get("Row ID"), r.get("Rank in class")));
        for (CSVRecord row : removed) {
            final int limit = row.get("Label").equals("rings") ? 66 : 60;
            assertTrue(Integer.parseInt(scores.get(row.get("Row ID"))) <= limit, row.get("Row ID"));
        }
    }

    /** Without epsilon: the poisoned class is called and cut where its scores part, the clean ones are left alone. */
    @Test
    void automaticCutOffRemovesThePoisonAndHardlyAnythingElse() throws Exception {
        final Run run = Run.of(WORKFLOW, folder, "-option=7,rule,AUTOMATIC,String", "-option=8,epochs,1,int", "-option=9,epochs,1,int");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        for (CSVRecord row : run.table("Top-k Remover (#7)", "Summary")) {
            assertEquals(row.get("Label").equals("rings"), number(row, "Removed") > 0, row.toString());
        }
        final List<CSVRecord> removed = run.table("Top-k Remover (#7)", "Removed");
        assertEquals(40, removed.stream().filter(r -> r.get("Poisoned").equals("true")).count());
        assertTrue(removed.size() <= 44, removed.size() + " removed");
        final List<CSVRecord> classes = run.table("Spectral Signature Scorer (#6)", "Class statistics");
        final CSVRecord suspect = classes.stream().filter(r -> r.get("Suspicion rank").equals("1")).findFirst().orElseThrow();
        assertEquals("rings", suspect.get("Label"));
        assertEquals(removed.size(), number(suspect, "Rows above cut-off"));
        assertEquals(1, classes.stream().filter(r -> r.get("Verdict").startsWith("poisoned: ")).count());
        for (CSVRecord row : run.table("Top-k Remover (#7)", "Summary")) {
            assertEquals(classes.stream().filter(c -> c.get("Label").equals(row.get("Label"))).findFirst().orElseThrow().get("Verdict"), row.get("Verdict"));
        }
    }

    @Test
    void sameSeedRemovesTheSameRows() throws Exception {
        final String[] small = {"-option=1,imagesPerClass,60,int", "-option=1,testImagesPerClass,10,int", "-option=1,size,16,int", "-option=2,row,5,int",
            "-option=2,column,5,int", "-option=4,epochs,2,int",
            "-option=8,epochs,1,int", "-option=9,epochs,1,int"};
        final Run first = Run.of(WORKFLOW, folder.resolve("1"), small);
        final Run second = Run.of(WORKFLOW, folder.resolve("2"), small);
        assertEquals(ExitCode.SUCCESS, first.code(), first.text());
        for (String file : List.of("Top-k Remover (#7)/Removed.csv", "Spectral Signature Scorer (#6)/Scores.csv", "Backdoor Evaluator (#10)/Metrics.csv")) {
            assertEquals(Files.readString(first.out().resolve(file)), Files.readString(second.out().resolve(file)), file);
        }
    }

    @Test
    void networkForTwoClassesBeatsGuessing() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Image Classifier Predictor"), folder);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final List<CSVRecord> rows = run.table("Image Classifier Predictor (#3)", "Predicted images");
        final long correct = rows.stream().filter(r -> r.get("Label").equals(r.get("Prediction"))).count();
        assertEquals(40, rows.size());
        assertTrue(correct >= 32, correct + " of 40");
        assertTrue(rows.stream().allMatch(r -> number(r, "Probability") >= .5 && number(r, "Probability") <= 1));
        final List<CSVRecord> history = run.table("ResNet Learner (#2)", "Training history");
        assertEquals(correct / 40., number(history.get(7), "Validation accuracy"), 1e-9);
    }
}
