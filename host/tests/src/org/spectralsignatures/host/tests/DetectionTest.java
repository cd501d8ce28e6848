package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.host.app.ExitCode;

/** The tables of the Detection Evaluator, counted again from the scores and the flags. */
class DetectionTest {

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("nodes/Detection Evaluator");

    @TempDir
    Path folder;

    private static double number(final CSVRecord row, final String column) {
        return Double.parseDouble(row.get(column));
    }

    /** Over all pairs of a poisoned and a clean image. */
    private static double auc(final Run run, final String scorer) throws Exception {
        final Set<String> poisoned = run.table("Backdoor Injector (#2)", "Poisoned images").stream().filter(r -> r.get("Poisoned").equals("true"))
            .map(r -> r.get("Row ID")).collect(Collectors.toSet());
        final List<CSVRecord> scores = run.table(scorer, "Scores").stream().filter(r -> r.get("Label").equals("columns")).toList();
        double won = 0;
        int pairs = 0;
        for (CSVRecord poison : scores) {
            for (CSVRecord clean : scores) {
                if (poisoned.contains(poison.get("Row ID")) && !poisoned.contains(clean.get("Row ID"))) {
                    pairs++;
                    won += (1 + Math.signum(number(poison, "Score") - number(clean, "Score"))) / 2;
                }
            }
        }
        assertEquals(12 * 60, pairs);
        return won / pairs;
    }

    @Test
    void agreesWithTheScoresAndFlags() throws Exception {
        final Run run = Run.of(WORKFLOW, folder);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final List<CSVRecord> detection = run.table("Detection Evaluator (#9)", "Detection");
        assertEquals(List.of("paper", "input"), detection.stream().map(r -> r.get("Row ID")).toList());
        assertEquals(auc(run, "Spectral Signature Scorer (#5)"), number(detection.get(0), "AUC"), 1e-12);
        assertEquals(auc(run, "Spectral Signature Scorer (#8)"), number(detection.get(1), "AUC"), 1e-12);
        for (CSVRecord row : detection) {
            assertEquals(List.of("columns", "72", "12", "18"), List.of(row.get("Label"), row.get("Rows"), row.get("Poison"), row.get("Removed at 1.5")));
            assertEquals((12 - number(row, "Poison left at 1.5")) / 18, number(row, "Precision at 1.5"), 1e-12);
        }
        final List<CSVRecord> curve = run.table("Detection Evaluator (#6)", "Curves");
        assertEquals(0, number(curve.get(0), "Removed"));
        final CSVRecord last = curve.get(curve.size() - 1);
        assertEquals(List.of("72", "12", "0"), List.of(last.get("Removed"), last.get("Poison removed"), last.get("Poison left")));
        final List<CSVRecord> table1 = run.table("Detection Evaluator (#6)", "Class statistics");
        assertEquals(List.of("columns clean", "columns with poison"), table1.stream().map(r -> r.get("Row ID")).toList());
        final CSVRecord scored = run.table("Spectral Signature Scorer (#5)", "Class statistics").stream()
            .filter(r -> r.get("Label").equals("columns")).findFirst().orElseThrow();
        for (String column : List.of("Rows", "Norm of mean", "Singular value 1", "Singular value 2", "Singular value 3")) {
            assertEquals(number(scored, column), number(table1.get(1), column), 1e-4 * number(scored, column), column);
        }
        assertTrue(number(table1.get(1), "Shift of mean") > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REFERENCE_CODE", "RANDOM_VECTOR", "ACTIVATION_CLUSTERING", "SPECTRE", "ENSEMBLE", "SCAN"})
    void otherScorers(final String method) throws Exception {
        final Run run = Run.of(WORKFLOW, folder, "-option=5,variant," + method + ",String", "-option=3,architecture,VGG,String", "-option=3,vggDepth,VGG_11,String");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(auc(run, "Spectral Signature Scorer (#5)"), number(run.table("Detection Evaluator (#6)", "Detection").get(0), "AUC"), 1e-12);
    }

    /** A score is the share of n that one of m methods leaves behind, and between equal ones the mean over m: times m n^2 it is a whole number. */
    @ParameterizedTest
    @CsvSource({"FLATTEN, 4", "GLOBAL_AVERAGE, 3"})
    void ensembleAsksAlsoTheAveragesWhereALayerHasPositions(final String pooling, final int methods) throws Exception {
        final Run run = Run.of(WORKFLOW, folder, "-option=5,variant,ENSEMBLE,String", "-option=4,layer,stem,String", "-option=4,pooling," + pooling + ",String");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final List<CSVRecord> scores = run.table("Spectral Signature Scorer (#5)", "Scores").stream().filter(r -> r.get("Label").equals("columns")).toList();
        for (int asked = 3; asked <= 4; asked++) {
            final double whole = asked * 72. * 72;
            assertEquals(asked == methods, scores.stream().mapToDouble(r -> number(r, "Score") * whole).allMatch(v -> Math.abs(v - Math.rint(v)) < 1e-6), asked + " methods");
        }
    }

    @Test
    void imagesWithoutAFlag() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Detection needs the flag"), folder);
        assertEquals(ExitCode.CONFIGURE, run.code(), run.text());
        assertTrue(run.errors().get(0).contains("no column 'Poisoned', which is to flag the poison"), run.text());
    }

    @Test
    void sameNameTwice() throws Exception {
        final Run run = Run.of(WORKFLOW, folder, "-option=9,name,paper,String");
        assertEquals(ExitCode.EXECUTION, run.code(), run.text());
        assertTrue(run.errors().get(0).contains("already have a row 'paper'"), run.text());
    }
}
