package org.spectralsignatures.host.tests.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damaged copies of settings that mostly still are XML: lines doubled, lost or moved, and values that names, numbers and lengths break at. */
final class XmlMutants extends Mutants {

    private static final String[] VALUES = {"", " ", "..", "../../x/settings.xml", "/etc/passwd", "a%%00000/settings.xml", "%%00010ERROR", "-1", "0", "1", "2147483647",
        "-2147483648", "9223372036854775807", "1e999", "NaN", "true", "x", "Synthetic Image Generator (#1)/settings.xml", "xstring", "xint", "xdouble", "MetaNode",
        "SubNode", "NativeNode", "array-size", "value", "model", "&lt;&amp;", "\u202e\ud83d\ude00"};

    private final Random m_random;

    private final List<String> m_whole;

    /**
     * @param seed of the choices
     * @param whole undamaged files of one kind
     */
    XmlMutants(final long seed, final List<byte[]> whole) {
        super(seed, whole);
        m_random = new Random(seed);
        m_whole = whole.stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
    }

    @Override
    byte[] next() {
        if (m_random.nextInt(4) == 0) {
            return super.next();
        }
        final List<String> lines = new ArrayList<>(m_whole.get(m_random.nextInt(m_whole.size())).lines().toList());
        for (int damages = 1 + m_random.nextInt(3); damages > 0; damages--) {
            damage(lines);
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private void damage(final List<String> lines) {
        final int at = 1 + m_random.nextInt(lines.size() - 1);
        final String line = lines.get(at);
        switch (m_random.nextInt(6)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(1 + m_random.nextInt(lines.size() - 1), lines.remove(at));
            case 3 -> lines.set(at, line.replaceFirst("value=\"[^\"]*\"", "isnull=\"true\" value=\"\""));
            default -> {
                final String[] parts = line.split("\"", -1);
                if (parts.length > 2) {
                    parts[1 + 2 * m_random.nextInt((parts.length - 1) / 2)] = VALUES[m_random.nextInt(VALUES.length)];
                    lines.set(at, String.join("\"", parts));
                }
            }
        }
    }
}
