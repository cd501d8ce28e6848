package org.spectralsignatures.host.tests.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damaged copies of a file: flipped, cut, doubled and overwritten parts, and lengths that lie. The same seed and the same files
 * give the same mutants.
 */
class Mutants {

    /** Values that lengths, counts and indices break at. */
    private static final long[] EXTREMES = {0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, 1L << 40,
        Long.MAX_VALUE, Long.MIN_VALUE};

    private final Random m_random;

    private final List<byte[]> m_whole;

    /**
     * @param seed of the choices
     * @param whole undamaged files of one kind
     */
    Mutants(final long seed, final List<byte[]> whole) {
        m_random = new Random(seed);
        m_whole = whole;
    }

    /** @return the next mutant, with one to four damages */
    byte[] next() {
        byte[] file = m_whole.get(m_random.nextInt(m_whole.size())).clone();
        for (int damages = 1 + m_random.nextInt(4); damages > 0; damages--) {
            file = file.length == 0 ? file : damage(file);
        }
        return file;
    }

    private byte[] damage(final byte[] file) {
        // Headers lie at the start: half of the damages go there.
        final int at = m_random.nextBoolean() ? m_random.nextInt(Math.min(64, file.length)) : m_random.nextInt(file.length);
        final int length = 1 + m_random.nextInt(Math.min(file.length - at, 1 << m_random.nextInt(10)));
        switch (m_random.nextInt(8)) {
            case 0:
                file[at] ^= (byte)(1 << m_random.nextInt(8));
                return file;
            case 1:
                file[at] = (byte)m_random.nextInt();
                return file;
            case 2:
                return Arrays.copyOf(file, at);
            case 3:
                Arrays.fill(file, at, at + length, (byte)(m_random.nextBoolean() ? 0 : 0xff));
                return file;
            case 4:
                return join(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at + length, file.length));
            case 5:
                return join(Arrays.copyOf(file, at + length), Arrays.copyOfRange(file, at, file.length));
            case 6:
                final byte[] other = m_whole.get(m_random.nextInt(m_whole.size()));
                return join(Arrays.copyOf(file, at), Arrays.copyOfRange(other, Math.min(at, other.length), other.length));
            default:
                return extreme(file, at);
        }
    }

    /** Overwrites a number of one to eight bytes, in either order, or in digits. */
    private byte[] extreme(final byte[] file, final int at) {
        final long value = EXTREMES[m_random.nextInt(EXTREMES.length)];
        if (m_random.nextInt(4) == 0) {
            int end = at;
            while (end < file.length && Character.isDigit(file[end])) {
                end++;
            }
            return join(Arrays.copyOf(file, at), Long.toString(value).getBytes(StandardCharsets.US_ASCII), Arrays.copyOfRange(file, end, file.length));
        }
        final int width = 1 << m_random.nextInt(4);
        final boolean big = m_random.nextBoolean();
        for (int i = 0; i < width && at + i < file.length; i++) {
            file[at + i] = (byte)(value >> 8 * (big ? width - 1 - i : i));
        }
        return file;
    }

    private static byte[] join(final byte[]... parts) {
        final var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
