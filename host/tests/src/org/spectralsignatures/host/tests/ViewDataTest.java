package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.engine.Engines;
import org.spectralsignatures.host.app.ExitCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What the views of learner, predictor and evaluators are given, counted again from the nodes' tables. */
class ViewDataTest {

    private static final String START = "<script type=\"application/json\" id=\"data\">";

    @TempDir
    Path folder;

    private JsonNode view(final int node) throws IOException {
        final String page = Files.readString(folder.resolve("report.html"));
        final int start = page.indexOf(START) + START.length();
        for (JsonNode entry : new ObjectMapper().readTree(page.substring(start, page.indexOf("</script>", start))).path("nodes")) {
            if (entry.path("id").asInt() == node) {
                return entry.findValue("initialData").path("result");
            }
        }
        throw new IOException("The report has no node " + node + ".");
    }

    private static double number(final CSVRecord row, final String column) {
        return Double.parseDouble(row.get(column));
    }

    @Test
    void transferLearner() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Transfer Learner"), folder);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final JsonNode learner = view(3);
        final List<CSVRecord> history = run.table("Transfer Learner (#3)", "Training history");
        assertEquals(history.size(), learner.path("epochs").size());
        assertEquals(number(history.get(0), "Learning rate"), learner.path("epochs").get(0).path("rate").asDouble(), 1e-12);
        assertTrue(learner.path("converged").asBoolean() && learner.path("stepLength").asBoolean() && learner.path("validated").asBoolean(), learner.toString());
        assertTrue(learner.path("doubt").isNull(), learner.toString());
        assertEquals("Softmax regression on a layer of: ONNX network of pytorch 1.13.0, opset 13, 5 operations", learner.path("facts").path("Architecture").asText());
        assertFalse(view(5).path("stepLength").asBoolean());
        assertTrue(view(5).path("converged").isNull());
        assertFalse(view(6).path("validated").asBoolean());
    }

    @Test
    void learnerAndDetection() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Detection Evaluator"), folder);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());

        final List<CSVRecord> history = run.table("ResNet Learner (#3)", "Training history");
        final JsonNode learner = view(3);
        assertEquals(history.size(), learner.path("epochs").size());
        assertEquals(number(history.get(0), "Loss"), learner.path("epochs").get(0).path("loss").asDouble(), 1e-12);
        assertEquals(history.stream().mapToDouble(r -> number(r, "Seconds")).sum(), learner.path("seconds").asDouble(), 1e-9);
        assertFalse(learner.path("validated").asBoolean());
        assertTrue(learner.path("ended").isNull());
        assertEquals(number(history.get(history.size() - 1), "Accuracy") < .9, learner.path("doubt").asText().contains("training accuracy is only"), learner.toString());

        final JsonNode scorer = view(5);
        final List<CSVRecord> statistics = run.table("Spectral Signature Scorer (#5)", "Class statistics");
        for (int i = 0; i < statistics.size(); i++) {
            assertEquals(i + 1, (int)number(statistics.get(i), "Suspicion rank"), "the most suspicious first");
            assertEquals(statistics.get(i).get("Label"), scorer.path("classes").get(i).path("label").asText());
        }
        assertEquals(Engines.get().describe(), scorer.path("engine").asText());
        final JsonNode extractor = view(4);
        assertEquals(scorer.path("engine"), extractor.path("engine"));
        assertEquals(scorer.path("engine").asText(), learner.path("facts").path("Computed on").asText());
        assertEquals(extractor.path("rows").asInt(), run.table("Spectral Signature Scorer (#5)", "Scores").size());
        assertEquals(12, extractor.path("classes").findValues("poisoned").stream().mapToInt(JsonNode::asInt).sum());
        final long values = 4L * extractor.path("rows").asInt() * extractor.path("dimensions").asInt();
        assertTrue(extractor.path("bytes").asLong() > values && extractor.path("bytes").asLong() < values + 1000, "single precision and a header");
        assertTrue(extractor.path("layers").findValuesAsText("name").contains(extractor.path("layer").asText()));
        assertTrue(learner.path("epochs").get(0).path("validationLoss").isNull());

        final JsonNode detection = view(6);
        final List<CSVRecord> curve = run.table("Detection Evaluator (#6)", "Curves");
        final JsonNode removal = detection.path("first").path("removal");
        assertEquals("columns", detection.path("labels").get(0).asText());
        assertTrue(removal.size() <= curve.size());
        for (JsonNode point : removal) {
            assertTrue(curve.stream().anyMatch(r -> number(r, "Share removed") == point.get(0).asDouble()
                && number(r, "Poison left") == point.get(1).asDouble()), point.toString());
        }
        assertEquals(12, removal.get(0).get(1).asInt());
        assertEquals(0, removal.get(removal.size() - 1).get(1).asInt());
        double area = 0;
        final JsonNode roc = detection.path("first").path("roc");
        for (int i = 1; i < roc.size(); i++) {
            area += (roc.get(i).get(0).asDouble() - roc.get(i - 1).get(0).asDouble()) * (roc.get(i).get(1).asDouble() + roc.get(i - 1).get(1).asDouble()) / 2;
        }
        assertEquals(number(run.table("Detection Evaluator (#6)", "Detection").get(0), "AUC"), area, 1e-3);
    }

    /** Node 4 ends early; the others train all their epochs. */
    @Test
    void learnerThatEndsWhenItIsAccurate() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/ResNet Learner"), folder);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final double[] accuracies = run.table("ResNet Learner (#4)", "Training history").stream().mapToDouble(r -> number(r, "Accuracy")).toArray();
        final int last = accuracies.length - 1;
        assertTrue(last < 59, accuracies.length + " epochs");
        for (int i = 1; i <= last; i++) {
            assertEquals(i == last, Math.min(accuracies[i - 1], accuracies[i]) >= .95, "epoch " + (i + 1));
        }
        final JsonNode ended = view(4);
        assertEquals(60, ended.path("ended").path("epochs").asInt());
        assertEquals(.95, ended.path("ended").path("accuracy").asDouble());
        assertEquals(last + 1, ended.path("epochs").size());
        assertEquals("no", ended.path("facts").path("Random crops").asText());
        assertTrue(ended.path("doubt").isNull());
        assertTrue(view(2).path("ended").isNull());
        assertEquals(8, view(2).path("epochs").size());
        assertTrue(run.text().contains("Epoch " + run.table("ResNet Learner (#5)", "Training history").size()), run.text()); // the last node is shown
    }

    @Test
    void predictor() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("nodes/Image Classifier Predictor"), folder);
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final List<CSVRecord> images = run.table("Image Classifier Predictor (#3)", "Predicted images");
        final long right = images.stream().filter(r -> r.get("Label").equals(r.get("Prediction"))).count();
        final JsonNode view = view(3);
        assertEquals(images.size(), view.path("images").asInt());
        assertEquals((double)right / images.size(), view.path("confusions").path("accuracy").asDouble(), 1e-12);
        assertEquals(images.size() - right, view.path("errors").path("total").asLong());
        int bars = 0;
        for (JsonNode n : view.path("right")) {
            bars += n.asInt();
        }
        assertEquals(right, bars);
        assertEquals(Engines.get().describe(), view.path("engine").asText());
    }

    @Test
    void evaluator() throws Exception {
        final Run run = Run.of(Run.WORKFLOWS.resolve("Spectral Signatures"), folder, "-option=1,imagesPerClass,60,int",
            "-option=1,testImagesPerClass,10,int", "-option=1,size,16,int", "-option=2,row,5,int", "-option=2,column,5,int", "-option=4,epochs,2,int",
            "-option=8,epochs,1,int", "-option=9,epochs,1,int");
        assertEquals(ExitCode.SUCCESS, run.code(), run.text());
        final List<CSVRecord> metrics = run.table("Backdoor Evaluator (#10)", "Metrics");
        final JsonNode view = view(10);
        assertEquals(metrics.size(), view.path("networks").size());
        final JsonNode first = view.path("first");
        assertEquals(number(metrics.get(0), "Clean accuracy"), first.path("accuracy").asDouble(), 1e-12);
        assertEquals(40, first.path("images").asInt());
        for (JsonNode row : first.path("matrix")) {
            int sum = 0;
            for (JsonNode n : row) {
                sum += n.asInt();
            }
            assertEquals(10, sum, first.toString());
        }
        assertEquals(3, view.path("curves").size());
        assertEquals(Engines.get().describe(), view.path("engine").asText(), "once for three networks");
    }
}
