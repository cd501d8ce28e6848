package org.spectralsignatures.engine.cuda.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class KernelTest {

    private static final Pattern FUNCTION = Pattern.compile("extern \"C\" __global__ void (\\w+?)(##V)?\\(([^)]*)\\)");

    /** What the sources say of each kernel, by its name, with V where it comes in two widths. */
    private static Map<String, String> declared() {
        final Map<String, String> declared = new TreeMap<>();
        FUNCTION.matcher(KernelSource.text()).results()
            .forEach(f -> declared.put(f.group(1) + (f.group(2) == null ? "" : "V"), f.group(3).replaceAll("[\\\\\\s]+", " ").strip()));
        return declared;
    }

    private static String letters(final String parameters) {
        return Arrays.stream(parameters.split(",")).map(String::strip).map(p -> {
            if (p.contains("*")) {
                return p.startsWith("const") ? "r" : "w";
            }
            return p.startsWith("Index ") ? "l" : p.startsWith("int ") ? "i" : p.startsWith("float ") ? "f" : p;
        }).collect(Collectors.joining());
    }

    @Test
    void eachTakesWhatTheSourcesSay() {
        final Map<String, String> declared = declared();
        for (Kernel kernel : Kernel.values()) {
            final String name = kernel.comesWide() ? kernel.function(1).replaceAll("1$", "V") : kernel.function(1);
            final String parameters = declared.remove(name);
            assertFalse(parameters == null, name + " is not in the sources");
            assertEquals(letters(parameters), kernel.signature().replace('u', 'w').replace('o', 'r').replace('p', 'w'), name);
        }
        assertEquals(new TreeSet<>(), declared.keySet(), "kernels that nobody calls");
    }

    @Test
    void noneAddsUpInAnOrderThatChanges() {
        assertFalse(KernelSource.text().contains("atomic" + "Add"));
    }
}
