package org.spectralsignatures.host.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortUtil;
import org.spectralsignatures.attack.BlendTrigger;
import org.spectralsignatures.attack.MultiPixelTrigger;
import org.spectralsignatures.attack.PatchTrigger;
import org.spectralsignatures.attack.Pattern;
import org.spectralsignatures.attack.PixelTrigger;
import org.spectralsignatures.attack.SinusoidTrigger;
import org.spectralsignatures.attack.Trigger;
import org.spectralsignatures.attack.TriggerShape;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.nodes.port.TriggerPortObject;
import org.spectralsignatures.nodes.port.TriggerPortObjectSpec;

/** Saved triggers of every kind. */
class TriggerFuzzTest {

    private static final ImageShape SHAPE = new ImageShape(3, 4, 4);

    private static final List<Trigger> ALL = List.of(new PixelTrigger(TriggerShape.X, 1, 2, 3, 4, 5), MultiPixelTrigger.random(3, SHAPE, 1),
        new PatchTrigger(Pattern.noise(new ImageShape(3, 2, 2), 1), 1, 1), new BlendTrigger(Pattern.noise(SHAPE, 2), .2), new SinusoidTrigger(20, 1));

    @TempDir
    Path folder;

    private static byte[] save(final Trigger trigger) throws Exception {
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectZipOutputStream(bytes)) {
            new TriggerPortObject.Serializer().savePortObject(new TriggerPortObject(new TriggerPortObjectSpec("a", "b"), trigger), out, new ExecutionMonitor());
        }
        try (var in = PortUtil.getPortObjectZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            in.getNextEntry();
            return in.readAllBytes();
        }
    }

    private static TriggerPortObject load(final byte[] xml) throws Exception {
        final var bytes = new ByteArrayOutputStream();
        try (var out = PortUtil.getPortObjectZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("content.xml"));
            out.write(xml);
            out.closeEntry();
        }
        try (var in = PortUtil.getPortObjectZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return new TriggerPortObject.Serializer().loadPortObject(in, new TriggerPortObjectSpec("a", "b"), new ExecutionMonitor());
        }
    }

    @Test
    void everyKindIsSavedAndReadAgain() throws Exception {
        for (Trigger trigger : ALL) {
            assertEquals(trigger, load(save(trigger)).trigger());
        }
    }

    /** The port's reader does not know the file, its caller does: what counts is that it ends in an exception that the caller expects. */
    @Test
    void damagedTriggers() throws Exception {
        final var whole = new ArrayList<byte[]>();
        for (Trigger trigger : ALL) {
            whole.add(save(trigger));
        }
        final int refused = new Fuzz(folder, "trigger.xml").run(2000, new Mutants(19, whole), file -> {
            try {
                final Trigger trigger = load(Files.readAllBytes(file)).trigger();
                final var pixels = new byte[SHAPE.size()];
                trigger.mark(pixels, SHAPE);
            } catch (IOException | IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }, IOException.class);
        assertTrue(refused > 1000, refused + " refused");
    }

    @Test
    void valuesOfASavedTriggerAreChecked() throws Exception {
        final String xml = new String(save(ALL.get(0)), StandardCharsets.UTF_8);
        for (String[] change : new String[][]{{"value=\"X\"", "value=\"Y\""}, {"value=\"pixels\"", "value=\"new kind\""}, {"key=\"red\"", "key=\"rad\""},
            {"value=\"3\"", "value=\"300\""}, {"value=\"pixels\"", "value=\"\" isnull=\"true\""}, {"value=\"X\"", "value=\"\" isnull=\"true\""}}) {
            assertTrue(xml.contains(change[0]), xml);
            final String message = assertThrows(IOException.class, () -> load(xml.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8))).getMessage();
            assertTrue(message != null && !message.contains("null"), message);
        }
    }
}
