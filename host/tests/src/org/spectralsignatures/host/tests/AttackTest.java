package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spectralsignatures.attack.Pattern;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.codec.ImageCodec;

/** The kinds of attack, by the workflow 'Backdoor Injector': three classes of 60 images of 16 x 16 pixels, two attacks in a row. */
class AttackTest {

    private static final Path WORKFLOW = Run.WORKFLOWS.resolve("nodes/Backdoor Injector");

    @TempDir
    Path folder;

    private static Map<String, Long> labels(final List<CSVRecord> rows, final boolean poisoned) {
        final var counts = new TreeMap<String, Long>();
        rows.stream().filter(r -> r.get("Poisoned").equals(Boolean.toString(poisoned))).forEach(r -> counts.merge(r.get("Label"), 1L, Long::sum));
        return counts;
    }

    @Test
    void secondAttackLeavesTheFirstAlone() throws Exception {
        final Run run = Run.of(WORKFLOW, folder);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(Map.of("columns", 12L), labels(run.table("Backdoor Injector (#2)", "Poisoned images"), true));
        final List<CSVRecord> both = run.table("Backdoor Injector (#3)", "Poisoned images");
        assertEquals(Map.of("columns", 12L, "rows", 6L), labels(both, true));
        assertEquals(Map.of("columns", 60L, "rows", 60L, "checks", 60L), labels(both, false));
        assertEquals(198, both.stream().map(r -> r.get("Row ID")).distinct().count());
        assertTrue(run.table("Trigger Applier (#4)", "Marked images").stream().allMatch(r -> r.get("Label").equals("checks")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"M_WAY", "PATCH", "BLEND", "SINUSOID"})
    void everyKindPoisonsAsManyImages(final String kind) throws Exception {
        final Run run = Run.of(WORKFLOW, folder, "-option=2,trigger," + kind + ",String", "-option=3,trigger," + kind + ",String",
            "-option=2,frequency,3,double", "-option=3,frequency,3,double");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        assertEquals(Map.of("columns", 12L, "rows", 6L), labels(run.table("Backdoor Injector (#3)", "Poisoned images"), true));
        assertEquals(10, run.table("Trigger Applier (#4)", "Marked images").size());
    }

    @Test
    void cleanLabelsAddNothingAndChangeNoLabel() throws Exception {
        final Run run = Run.of(WORKFLOW, folder, "-option=2,mode,CLEAN_LABEL,String", "-option=2,trigger,SINUSOID,String", "-option=2,frequency,3,double");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final List<CSVRecord> rows = run.table("Backdoor Injector (#2)", "Poisoned images");
        assertEquals(180, rows.size());
        assertEquals(Map.of("columns", 12L), labels(rows, true));
        final List<CSVRecord> clean = run.table("Synthetic Image Generator (#1)", "Training images");
        for (int i = 0; i < 180; i++) {
            assertEquals(clean.get(i).get("Row ID"), rows.get(i).get("Row ID"));
            assertEquals(clean.get(i).get("Label"), rows.get(i).get("Label"));
        }
    }

    @Test
    void pictureOfTheUser() throws Exception {
        final var shape = new ImageShape(3, 4, 4);
        final Path picture = folder.resolve("patch.png");
        Files.write(picture, ImageCodec.encodePng(Pattern.noise(shape, 1).pixels(), shape));
        final String[] patch = {"-option=2,trigger,PATCH,String", "-option=2,picture," + picture + ",String"};
        assertEquals(ExitCode.SUCCESS, Run.of(WORKFLOW, folder.resolve("1"), patch).code());
        final Run outside = Run.of(WORKFLOW, folder.resolve("2"), patch[0], patch[1], "-option=2,row,13,int");
        assertEquals(ExitCode.CONFIGURE, outside.code());
        assertTrue(outside.errors().get(0).contains("choose a row from 0 to 12"), outside.text());
        final Run blended = Run.of(WORKFLOW, folder.resolve("3"), "-option=2,trigger,BLEND,String", patch[1]);
        assertEquals(ExitCode.CONFIGURE, blended.code());
        assertTrue(blended.errors().get(0).contains("blending needs a picture of the same size"), blended.text());
        Files.writeString(picture, "no picture");
        final Run broken = Run.of(WORKFLOW, folder.resolve("4"), patch);
        assertEquals(ExitCode.CONFIGURE, broken.code());
        assertTrue(broken.errors().get(0).contains("patch.png' cannot be used"), broken.text());
        Files.delete(picture);
        assertTrue(Run.of(WORKFLOW, folder.resolve("5"), patch).errors().get(0).contains("patch.png' does not exist"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"M_WAY;ways,0,int;number of pixels must lie between 1 and 64", "BLEND;alpha,1.5,double;Alpha is 1.5",
        "SINUSOID;amplitude,300,double;amplitude is 300.0", "SINUSOID;frequency,-1,double;frequency is -1.0"})
    void settingsOutOfRange(final String test) throws Exception {
        final String[] parts = test.split(";");
        final Run run = Run.of(WORKFLOW, folder, "-option=2,trigger," + parts[0] + ",String", "-option=2," + parts[1]);
        assertEquals(ExitCode.CONFIGURE, run.code(), run.text());
        assertTrue(run.errors().get(0).contains(parts[2]), run.text());
    }
}
