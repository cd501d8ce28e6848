package org.spectralsignatures.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.removal.Conclusion;
import org.spectralsignatures.removal.RemovalRule;
import org.spectralsignatures.removal.Suspicion;
import org.spectralsignatures.removal.TopKSelection;
import org.spectralsignatures.scoring.ClassStatistics;
import org.spectralsignatures.scoring.ScoringResult;

/** Scores, ranks, statistics, verdicts and removals on Spark are those of the library. */
class ScoreCommandTest {

    @TempDir
    private Path folder;

    private static final double LEVEL = .01;

    private String score(final TestSet set, final int files, final String... options) throws IOException {
        final String vectors = set.write(LocalSpark.get(), folder.resolve("vectors"), files);
        return scoreAgain(vectors, options);
    }

    private String scoreAgain(final String vectors, final String... options) throws IOException {
        final var words = new ArrayList<>(List.of(vectors, folder.resolve("results").toString()));
        words.addAll(List.of(options));
        return LocalSpark.run(ScoreCommand::run, words.toArray(String[]::new));
    }

    private void assertAsTheLibrary(final TestSet set, final int directions, final double tolerance) throws IOException, TaskCancelledException {
        final ScoringResult expected = set.scored(folder, directions);
        final Map<String, Row> scores = LocalSpark.byId(folder.resolve("results/scores"));
        assertEquals(set.ids().size(), scores.size());
        final Map<String, Double> byRank = new HashMap<>();
        for (int i = 0; i < set.ids().size(); i++) {
            byRank.put(set.labels().get(i) + " " + expected.ranks()[i], expected.scores()[i]);
        }
        for (int i = 0; i < set.ids().size(); i++) {
            final Row row = scores.get(set.ids().get(i));
            assertEquals(set.labels().get(i), row.getAs("label"));
            final double most = expected.statistics().get(set.classes().indexOf(set.labels().get(i))).maxScore();
            assertEquals(expected.scores()[i], row.<Double>getAs("score"), tolerance * most);
            // where scores agree but for rounding, as those of a class of two rows always do, either order is right
            final double there = byRank.get(set.labels().get(i) + " " + row.<Long>getAs("rank"));
            assertEquals(there, expected.scores()[i], tolerance * most, set.ids().get(i));
        }
        final Map<String, Row> classes = LocalSpark.byLabel(folder.resolve("results/classes"));
        final List<Suspicion> suspicions = Suspicion.of(set.indices(), set.classes().size(), expected.scores(), LEVEL);
        for (int c = 0; c < set.classes().size(); c++) {
            final ClassStatistics statistics = expected.statistics().get(c);
            final Row row = classes.get(set.classes().get(c));
            assertEquals(statistics.rows(), row.<Long>getAs("Rows"));
            assertEquals(statistics.meanNorm(), row.<Double>getAs("Norm of mean"), 1e-7 * statistics.meanNorm()); // the library adds up in single precision;
            assertEquals(statistics.maxScore(), row.<Double>getAs("Maximum score"), tolerance * statistics.maxScore());
            assertEquals(statistics.meanScore(), row.<Double>getAs("Mean score"), tolerance * statistics.maxScore());
            for (int k = 0; k < 3; k++) {
                // the eigenvalues of those directions that do not count are known to 1e-4 of the largest, here as there
                assertEquals(squared(statistics.singularValues().get(k)), squared(row.<Double>getAs("Singular value " + (k + 1))),
                    (k == 0 ? 1e-10 : 2e-4) * squared(statistics.singularValues().get(0)));
            }
            assertEquals(suspicions.get(c).verdict().text(), row.getAs("Verdict"));
            assertEquals(suspicions.get(c).rank(), row.<Integer>getAs("Suspicion rank"));
            assertEquals(suspicions.get(c).cutOff().above(), row.<Integer>getAs("Rows above cut-off"));
        }
        final Conclusion conclusion = Conclusion.of(IntStream.range(0, suspicions.size()).boxed()
            .sorted(Comparator.comparing(c -> suspicions.get(c).rank()))
            .map(c -> new Conclusion.Judged(set.classes().get(c), suspicions.get(c).verdict())).toList());
        assertEquals(conclusion.sentence() + "\n" + conclusion.nextStep() + "\n", Files.readString(folder.resolve("results/conclusion.txt")));
    }

    private void assertRemovedAsByTheLibrary(final TestSet set, final RemovalRule rule, final String name, final String... options)
        throws IOException, TaskCancelledException {
        final ScoringResult expected = set.scored(folder, 1);
        final boolean[] removed = TopKSelection.select(set.indices(), set.classes().size(), expected.scores(), set.ids(), rule, true);
        final var words = new ArrayList<>(List.of(folder.resolve("results").toString(), folder.resolve(name).toString()));
        words.addAll(List.of(options));
        LocalSpark.run(RemoveCommand::run, words.toArray(String[]::new));
        final Map<String, Row> gone = LocalSpark.byId(folder.resolve(name).resolve("removed"));
        final Map<String, Row> kept = LocalSpark.byId(folder.resolve(name).resolve("kept"));
        assertEquals(set.ids().size(), gone.size() + kept.size());
        for (int i = 0; i < removed.length; i++) {
            assertEquals(removed[i], gone.containsKey(set.ids().get(i)), set.ids().get(i));
            assertEquals(!removed[i], kept.containsKey(set.ids().get(i)), set.ids().get(i));
        }
    }

    @Test
    void scoresOfSkewedClassesAreTheLibrarys() throws IOException, TaskCancelledException {
        final var set = new TestSet();
        set.addClass("ship", 4000, 96, .06, 1);
        set.addClass("cat", 300, 96, 0, 2);
        set.addClass("frog", 45, 96, .1, 3);
        set.addClass("one", 1, 96, 0, 4);
        for (int i = 0; i < 40; i++) {
            final var same = new float[96];
            Arrays.fill(same, .1f);
            set.add("same" + i, "same", same);
        }
        final TestSet mixed = set.mixed();
        score(mixed, 5);
        assertAsTheLibrary(mixed, 1, 1e-7);
        assertTrue(LocalSpark.byLabel(folder.resolve("results/classes")).get("ship").<String>getAs("Verdict").startsWith("poisoned"), "something is found");
        assertRemovedAsByTheLibrary(mixed, new RemovalRule.TopShare(.06, 1.5), "share", "--rule=share", "--epsilon=0.06");
        assertRemovedAsByTheLibrary(mixed, new RemovalRule.Automatic(LEVEL), "automatic");
        assertRemovedAsByTheLibrary(mixed, new RemovalRule.TopCount(7), "count", "--rule=count", "--count=7");
    }

    @Test
    void severalDirectionsAreTheLibrarys() throws IOException, TaskCancelledException {
        final var set = new TestSet();
        set.addClass("a", 900, 64, .1, 7);
        set.addClass("b", 500, 64, 0, 8);
        score(set.mixed(), 3, "--directions=5");
        assertAsTheLibrary(set.mixed(), 5, 1e-7);
    }

    @Test
    void longVectorsAreScored() throws IOException, TaskCancelledException {
        final var set = new TestSet();
        set.addClass("a", 60, 16384, .1, 7);
        set.addClass("b", 20, 16384, 0, 8);
        score(set.mixed(), 2);
        assertAsTheLibrary(set.mixed(), 1, 1e-7);
    }

    @Test
    void manyClassesAreScoredTogether() throws IOException, TaskCancelledException {
        final var set = new TestSet();
        for (int c = 0; c < 2000; c++) {
            set.addClass("c" + c, 2 + c % 9, 64, 0, c);
        }
        final TestSet mixed = set.mixed();
        final var damaged = new TestSet(new ArrayList<>(mixed.ids()), new ArrayList<>(mixed.labels()), new ArrayList<>(mixed.vectors()));
        damaged.add(null, "c5", with(1));
        damaged.add("unlabelled", null, with(1));
        final String printed = score(damaged, 12, "--bad-rows=skip");
        assertTrue(printed.contains("11,994 rows of 64 values in 2,000 classes"), printed);
        assertTrue(printed.contains("1 row without an id (the first: id '(none)'); 1 row without a label"), printed);
        assertAsTheLibrary(mixed, 1, 1e-7);
    }

    @Test
    void doublesAndNumbersAreTaken() throws IOException, TaskCancelledException {
        final var set = new TestSet();
        set.addClass("3", 80, 64, 0, 1);
        set.addClass("12", 50, 64, 0, 2);
        final String vectors = set.write(LocalSpark.get(), folder.resolve("floats"), 2);
        LocalSpark.get().read().parquet(vectors).select(functions.col("id").as("Key"), functions.col("label").cast("int").as("class"),
            functions.col("vector").cast("array<double>").as("the.values"), functions.lit(1).as("more")).write().parquet(folder.resolve("doubles").toString());
        scoreAgain(folder.resolve("doubles").toString(), "--id=key", "--label=class", "--vector=the.values");
        assertAsTheLibrary(set, 1, 1e-7);
    }

    @Test
    void badRowsAreCountedWithTheirFirst() throws IOException, TaskCancelledException {
        final var good = new TestSet();
        good.addClass("a", 50, 64, 0, 1);
        final var set = new TestSet();
        for (int i = 0; i < 50; i++) {
            set.add(good.ids().get(i), "a", good.vectors().get(i));
        }
        set.add("short", "a", 1, 2);
        set.add("nan1", "a", with(Float.NaN));
        set.add("nan2", "a", with(Float.NEGATIVE_INFINITY));
        set.add("none", "a", (float[])null);
        set.add(null, "a", with(0));
        set.add("unlabelled", null, with(0));
        final var message = assertThrows(Refusal.class, () -> score(set, 1)).getMessage();
        assertEquals("Some rows cannot be scored: 1 row without an id (the first: id '(none)'); 1 row without a label (the first: id 'unlabelled'); 1 row without a "
            + "vector (the first: id 'none'); 1 row with another number of values (the first: id 'short'); 2 rows with a value that is not finite (NaN, infinite "
            + "or beyond 3.4e38) (the first: id 'nan1'). Mend them, or leave them out with --bad-rows=skip, which lists them.", message);
        assertFalse(Files.exists(folder.resolve("results/scores")));
        final String printed = scoreAgain(folder.resolve("vectors").toString(), "--bad-rows=skip");
        assertTrue(printed.contains("Left out, and listed in errors: 1 row without an id"), printed);
        assertAsTheLibrary(good, 1, 1e-7);
        assertEquals(6, LocalSpark.get().read().parquet(folder.resolve("results/errors").toString()).count());
    }

    @Test
    void missingValuesWithinVectorsAreSeen() {
        LocalSpark.get().sql("select 'x' as id, 'a' as label, array(1.5D, null) as vector union all select 'y', 'a', array(1.5D, 2D) as vector").coalesce(1)
            .write().parquet(folder.resolve("holes").toString());
        final var message = assertThrows(Refusal.class, () -> scoreAgain(folder.resolve("holes").toString())).getMessage();
        assertTrue(message.contains("1 row with a missing value in the vector (the first: id 'x')"), message);
    }

    @Test
    void sameIdsAreRefused() {
        final var set = new TestSet();
        set.add("x", "a", 1, 2);
        set.add("x", "b", 1, 3);
        set.add("y", "b", 1, 3);
        final var message = assertThrows(Refusal.class, () -> score(set, 1)).getMessage();
        assertTrue(message.startsWith("1 ids stand in several rows (2 rows; for example 'x')"), message);
    }

    @Test
    void columnsAreNamedWhereTheyAreMissing() {
        LocalSpark.get().sql("select 1 as key, 'a' as label, 'b' as vector").write().parquet(folder.resolve("other").toString());
        final String place = folder.resolve("other").toString();
        assertTrue(assertThrows(Refusal.class, () -> scoreAgain(place)).getMessage().contains("has no column 'id'. Its columns are: key, label, vector."));
        assertTrue(assertThrows(Refusal.class, () -> scoreAgain(place, "--id=key")).getMessage().contains("of type string, but must be an array of numbers"));
        assertTrue(assertThrows(Refusal.class, () -> scoreAgain(folder.resolve("nowhere").toString())).getMessage().contains("There is no '"));
        assertTrue(assertThrows(Refusal.class, () -> scoreAgain(place, "--lable=x")).getMessage().contains("has no option --lable. It has: --id"));
    }

    @Test
    void foreignFoldersAreLeftAlone() throws IOException {
        final var set = new TestSet();
        set.addClass("a", 20, 64, 0, 1);
        Files.createDirectories(folder.resolve("results"));
        Files.writeString(folder.resolve("results/mine.txt"), "mine");
        assertTrue(assertThrows(Refusal.class, () -> score(set, 1)).getMessage().contains("holds something else than results of this program"));
        assertEquals("mine", Files.readString(folder.resolve("results/mine.txt")));
    }

    @Test
    void finishedStepsAreKeptAndHalfWrittenOnesAreNot() throws IOException, TaskCancelledException {
        final var set = new TestSet();
        set.addClass("a", 60, 64, 0, 1);
        score(set, 2);
        final Path results = folder.resolve("results");
        final var directions = Files.getLastModifiedTime(results.resolve("directions/_SUCCESS"));
        // as if it had been killed while it wrote the scores: data, but no mark
        Files.delete(results.resolve("scores/_spectralsignatures.finished"));
        try (var files = Files.list(results.resolve("scores"))) {
            for (Path file : files.filter(f -> f.toString().contains("part-")).toList()) {
                Files.delete(file);
            }
        }
        final String printed = scoreAgain(folder.resolve("vectors").toString());
        assertFalse(printed.contains("passes over the rows"), printed);
        assertEquals(directions, Files.getLastModifiedTime(results.resolve("directions/_SUCCESS")));
        assertAsTheLibrary(set, 1, 1e-7);
        // another setting begins anew from the step that it touches, and all behind it
        assertTrue(scoreAgain(folder.resolve("vectors").toString(), "--directions=2").contains("passes over the rows"));
        assertAsTheLibrary(set, 2, 1e-7);
    }

    private static double squared(final double x) {
        return x * x;
    }

    private static float[] with(final float value) {
        final var vector = new float[64];
        vector[63] = value;
        return vector;
    }
}
