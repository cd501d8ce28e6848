package org.spectralsignatures.host.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.PixelLimit;
import org.spectralsignatures.image.RegularFile;
import org.spectralsignatures.image.codec.ImageCodec;

class ImageFuzzTest {

    private static final PixelLimit LIMIT = new PixelLimit(1 << 16);

    private static final int[] TYPES = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED};

    @TempDir
    Path folder;

    private int refused(final int mutants, final String kind, final List<byte[]> whole) throws Exception {
        return refused(mutants, kind, whole, UnaryOperator.identity());
    }

    /** Refused with a reason, as the image's owner then names the file. */
    private int refused(final int mutants, final String kind, final List<byte[]> whole, final UnaryOperator<byte[]> mended) throws Exception {
        for (byte[] file : whole) {
            ImageCodec.decode(file, LIMIT);
        }
        return new Fuzz(folder, "fuzzed." + kind).run(mutants, new Mutants(14, whole), file -> {
            try {
                ImageCodec.decode(mended.apply(RegularFile.read(file)), LIMIT);
            } catch (ImageFormatException e) {
                assertTrue(e.getMessage().endsWith(".") && e.fault() != null, e.getMessage());
                throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
            }
        }, IOException.class);
    }

    private static BufferedImage image(final int type) {
        final var image = type == BufferedImage.TYPE_BYTE_BINARY ? new BufferedImage(9, 11, type,
            new IndexColorModel(2, 4, new byte[]{0, 90, 127, -1}, new byte[]{9, 0, 127, -1}, new byte[]{0, 3, -9, -1})) : new BufferedImage(9, 11, type);
        for (int i = 0; i < 99; i++) {
            image.setRGB(i % 9, i / 9, 0x1234567 * i | 0xff00_0000);
        }
        return image;
    }

    private static byte[] write(final String format, final int type, final boolean progressive) throws IOException {
        final var out = new ByteArrayOutputStream();
        final ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        final ImageWriteParam param = writer.getDefaultWriteParam();
        if (progressive) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        final BufferedImage image = image(type);
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static List<byte[]> files(final String format, final int... types) throws IOException {
        final var files = new ArrayList<byte[]>();
        for (int type : types) {
            files.add(write(format, type, false));
            if (!format.equals("bmp")) {
                files.add(write(format, type, true)); // interlaced, in PNG and GIF
            }
        }
        return files;
    }

    @Test
    void mutantsOfPngAreReadOrRefused() throws Exception {
        assertTrue(refused(1000, "png", files("png", TYPES)) > 500);
    }

    /** The checksums of as many chunks as there are, so that decoders see what is in them. */
    private static byte[] withChecksums(final byte[] png) {
        final ByteBuffer file = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length;) {
            final long end = at + 8L + file.getInt(at);
            if (end < at + 8 || end + 4 > png.length) {
                break;
            }
            final var checksum = new CRC32();
            checksum.update(png, at + 4, (int)end - at - 4);
            file.putInt((int)end, (int)checksum.getValue());
            at = (int)end + 4;
        }
        return png;
    }

    @Test
    void mutantsOfPngWithRightChecksumsAreReadOrRefused() throws Exception {
        assertTrue(refused(2000, "png", files("png", TYPES), ImageFuzzTest::withChecksums) > 700);
    }

    @Test
    void mutantsOfJpegAreReadOrRefused() throws Exception {
        assertTrue(refused(1500, "jpg", files("jpg", BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY)) > 375);
    }

    @Test
    void mutantsOfGifAreReadOrRefused() throws Exception {
        assertTrue(refused(1500, "gif", files("gif", BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_BINARY)) > 375);
    }

    @Test
    void mutantsOfBmpAreReadOrRefused() throws Exception {
        assertTrue(refused(1500, "bmp", files("bmp", BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_INDEXED)) > 375);
    }

    /** The images that the library's own tests have of a kind. */
    private static List<byte[]> recorded(final String ending) throws IOException {
        final Path images = Path.of(System.getProperty("spectralsignatures.root"),
            "plugin/org.spectralsignatures/src/test/resources/org/spectralsignatures/image/codec/pillow");
        final var files = new ArrayList<byte[]>();
        try (Stream<Path> paths = Files.list(images)) {
            for (Path path : paths.filter(p -> p.toString().matches(".*\\." + ending)).sorted().toList()) {
                files.add(Files.readAllBytes(path));
            }
        }
        return files;
    }

    @Test
    void mutantsOfTiffAreReadOrRefused() throws Exception {
        assertTrue(refused(2000, "tif", recorded("tif")) > 700);
    }

    @Test
    void mutantsOfWebpAreReadOrRefused() throws Exception {
        assertTrue(refused(2000, "webp", recorded("webp")) > 700);
    }

    @Test
    void mutantsOfPnmAreReadOrRefused() throws Exception {
        assertTrue(refused(1500, "ppm", recorded("p[bgp]m")) > 375);
    }
}
