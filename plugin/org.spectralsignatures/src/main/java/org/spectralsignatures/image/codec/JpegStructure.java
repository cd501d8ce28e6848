package org.spectralsignatures.image.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.spectralsignatures.image.ImageFault;
import org.spectralsignatures.image.ImageFormatException;
import org.spectralsignatures.image.ImageShape;
import org.spectralsignatures.image.PixelLimit;

/**
 * What the markers of a JPEG file say (ITU-T T.81, annex B): the frame, how its samples stand for colours, and the segments that the
 * samples depend on. Profiles, comments and previews are left out.
 */
final class JpegStructure {

    private static final int SOI = 0xd8;

    private static final int EOI = 0xd9;

    private static final int SOS = 0xda;

    private static final int APP0 = 0xe0;

    private static final int APP1 = 0xe1;

    private static final int APP14 = 0xee;

    private static final int PROGRESSIVE = 0xc2;

    /** Tables, frame and restart intervals. */
    private static final Set<Integer> NEEDED = Set.of(0xc0, 0xc1, PROGRESSIVE, 0xc4, 0xdb, 0xdd);

    /** Encoders write ten or so; each costs the time of a whole image. */
    private static final int MOST_SCANS = 200;

    private final byte[] file;

    private final ByteArrayOutputStream needed;

    private final List<Integer> components = new ArrayList<>();

    private final Set<Integer> scanned = new TreeSet<>();

    private int frame;

    private int width;

    private int height;

    private int scans;

    private long entropyBytes;

    private boolean jfif;

    private int adobeTransform = -1;

    private boolean ended;

    private Orientation orientation;

    JpegStructure(final byte[] file) throws ImageFormatException {
        this.file = file;
        needed = new ByteArrayOutputStream(file.length);
        needed.write(0xff);
        needed.write(SOI);
        final var in = new ImageBytes(file, 2, false);
        while (in.remaining() > 0 && !ended) {
            segment(in);
        }
        needed.write(0xff);
        needed.write(EOI);
    }

    private void segment(final ImageBytes in) throws ImageFormatException {
        final int marker = marker(in);
        if (marker == EOI) {
            ended = true;
        }
        if (marker == EOI || marker < 0 || marker == 0 || marker == 1 || marker >= 0xd0 && marker <= SOI) {
            return; // markers without a segment
        }
        final int start = in.position();
        final int length = in.u16();
        if (length < 2) {
            throw damaged("a segment has a length of " + length);
        }
        if (in.remaining() < length - 2) {
            throw cutOff("it ends within segment 0x%02x".formatted(marker));
        }
        in.skip(length - 2L);
        if (isFrame(marker)) {
            readFrame(marker, new ImageBytes(file, start + 2, false));
        } else if (marker == APP0) {
            jfif |= startsWith(start + 2, length - 2, "JFIF\0");
        } else if (marker == APP14 && length >= 14 && startsWith(start + 2, length - 2, "Adobe")) {
            adobeTransform = file[start + 13] & 0xff;
        } else if (marker == APP1 && orientation == null && startsWith(start + 2, length - 2, "Exif\0")) {
            orientation = Orientation.ofExif(file, Math.min(start + 8, start + length), Math.max(0, length - 8));
        }
        if (marker == SOS) {
            scan(in, start, length);
        } else if (NEEDED.contains(marker)) {
            copy(marker, start, in.position());
        }
    }

    /** @return the next marker, -1 if there is none */
    private static int marker(final ImageBytes in) throws ImageFormatException {
        while (in.remaining() > 1) {
            if (in.u8() == 0xff) {
                int code = in.u8();
                while (code == 0xff && in.remaining() > 0) {
                    code = in.u8();
                }
                return code;
            }
        }
        in.skip(in.remaining());
        return -1;
    }

    private static boolean isFrame(final int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private boolean startsWith(final int start, final int length, final String text) {
        return length >= text.length() && new String(file, start, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private void readFrame(final int marker, final ImageBytes in) throws ImageFormatException {
        if (frame != 0) {
            throw damaged("it has two frames");
        }
        frame = marker;
        final int bits = in.u8();
        height = in.u16();
        width = in.u16();
        final int count = in.u8();
        if (marker > PROGRESSIVE || bits != 8) {
            throw new ImageFormatException(ImageFault.UNKNOWN_KIND,
                "The image is a JPEG of a kind that is not read (%s, %d bits a sample). Save it as PNG or as common JPEG first."
                    .formatted(marker > PROGRESSIVE ? "process SOF" + (marker - 0xc0) : "lossy", bits));
        }
        if (count != 1 && count != 3 && count != 4) {
            throw new ImageFormatException(ImageFault.UNKNOWN_KIND, "The image is a JPEG with %d components; 1, 3 and 4 are read.".formatted(count));
        }
        for (int i = 0; i < count; i++) {
            components.add(in.u8());
            in.skip(2);
        }
    }

    private void scan(final ImageBytes in, final int start, final int length) throws ImageFormatException {
        final int count = length > 2 ? file[start + 2] & 0xff : 0;
        if (frame == 0 || length < 3 + 2 * count) {
            throw damaged("a scan stands before its frame or is too short");
        }
        for (int i = 0; i < count; i++) {
            scanned.add(file[start + 3 + 2 * i] & 0xff);
        }
        if (++scans > MOST_SCANS) {
            throw new ImageFormatException(ImageFault.TOO_LARGE, "The image is a JPEG of more than %d scans. Save it again first.".formatted(MOST_SCANS));
        }
        final int from = in.position();
        int at = from;
        while (at < file.length && !(file[at] == (byte)0xff && at + 1 < file.length && isMarker(file[at + 1] & 0xff))) {
            at++;
        }
        in.skip((long)at - from);
        entropyBytes += at - from;
        copy(SOS, start, at);
    }

    /** Within a scan, 0xff is followed by a stuffed zero, a restart marker or itself. */
    private static boolean isMarker(final int code) {
        return code != 0 && code != 0xff && (code < 0xd0 || code > 0xd7);
    }

    private void copy(final int marker, final int start, final int end) {
        needed.write(0xff);
        needed.write(marker);
        needed.write(file, start, end - start);
    }

    /**
     * @param limit of its pixels
     * @return the shape of the stored pixels
     * @throws ImageFormatException if it has too many, or parts of it are plainly missing
     */
    ImageShape shape(final PixelLimit limit) throws ImageFormatException {
        if (frame == 0 || scans == 0) {
            throw cutOff("it has no pixels");
        }
        final ImageShape shape = limit.rgb(width, height);
        // A block of 8 x 8 pixels costs a bit at least.
        final long blocks = ((width + 7L) / 8) * ((height + 7L) / 8);
        if (blocks > 8 * entropyBytes) {
            throw cutOff("%d bytes for %s".formatted(entropyBytes, shape.describe()));
        }
        if (!scanned.containsAll(components)) {
            throw cutOff("it lacks a component");
        }
        if (!ended) {
            throw cutOff("it has no end mark");
        }
        return shape;
    }

    /** @return the colour model, as libjpeg infers it (its function {@code default_decompress_parms}) */
    JpegColour colour() {
        if (components.size() == 1) {
            return JpegColour.GRAY;
        }
        if (components.size() == 4) {
            return adobeTransform <= 0 ? JpegColour.CMYK : JpegColour.YCCK;
        }
        if (jfif) {
            return JpegColour.YCC;
        }
        if (adobeTransform >= 0) {
            return adobeTransform == 0 ? JpegColour.RGB : JpegColour.YCC;
        }
        return components.equals(Arrays.asList((int)'R', (int)'G', (int)'B')) ? JpegColour.RGB : JpegColour.YCC;
    }

    Orientation orientation() {
        return orientation == null ? Orientation.AS_STORED : orientation;
    }

    /** @return a JPEG file of the same samples and nothing else */
    byte[] samplesOnly() {
        return needed.toByteArray();
    }

    private static ImageFormatException damaged(final String what) {
        return new ImageFormatException(ImageFault.DAMAGED, "The JPEG image is damaged: " + what + ".");
    }

    private static ImageFormatException cutOff(final String what) {
        return new ImageFormatException(ImageFault.CUT_OFF, "The JPEG image is cut off: " + what + ".");
    }
}
