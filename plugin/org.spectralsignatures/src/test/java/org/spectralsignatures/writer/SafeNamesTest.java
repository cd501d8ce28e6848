package org.spectralsignatures.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNamesTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"cat/7.png,cat,7.png", "train/cat/7.png,cat,train_7.png", "cat/tabby/7.png,cat,tabby_7.png", "cat/7.png,dog,cat_7.png",
        "cat/cat/7.png,cat,cat_7.png", "a/b/cat/7.png,cat,a_b_cat_7.png", "data_batch_1#0,cat,data_batch_1#0", "Row0,Row0,Row0", "cat,cat,cat", "cafe\u0301/1,caf\u00e9,1"})
    void aRowKeyGivesThePartsBehindItsClass(final String key, final String label, final String name) {
        assertEquals(name, SafeNames.ofKey(key, label));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "../../etc/passwd", "..\\..\\x", "/abs", "C:\\x", "a/../b", "con", "CON.png", "nul.tar.gz", "com1", "LPT9.x", "COM\u00b2",
        "aux .png", "a\0b", "a\nb", "a\u202egnp.exe", ".hidden", "Thumbs.db", "@eaDir", "lost+found", "x.", "x ", "x. .",
        "<>:\"|?*", "\ud800", "\ud83d", "a\u2028b", "'", "%2e%2e"})
    void anyTextBecomesANameThatEverySystemTakes(final String text) {
        final String safe = SafeNames.safe(text);
        assertFalse(safe.isEmpty());
        assertFalse(safe.startsWith(".") || safe.startsWith(" ") || safe.endsWith(".") || safe.endsWith(" "), safe);
        assertTrue(safe.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == 0x202e || c == 0x2028 || "<>:\"/\\|?*".indexOf(c) >= 0), safe);
        assertFalse(safe.toLowerCase(Locale.ROOT).matches("(con|prn|aux|nul|com[0-9\u00b2]|lpt[0-9])( *\\..*)?"), safe);
        assertFalse(Set.of("thumbs.db", "@eadir", "lost+found").contains(safe.toLowerCase(Locale.ROOT)), safe);
        assertEquals(safe, new String(safe.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "black cat", "\u732b", "caf\u00e9", "\ud83d\ude3a", "construction", "a.b", "00001", "com10"})
    void goodNamesStayAsTheyAre(final String name) {
        assertEquals(name, SafeNames.safe(name));
    }

    @Test
    void namesThatAreAlikeGetNumbers() {
        final var names = new SafeNames();
        assertEquals("a.png", names.claim("x", "a.png"));
        assertEquals("A_2.png", names.claim("x", "A.png"));
        assertEquals("a_3.png", names.claim("x", "a.png"));
        assertEquals("a_2_2.png", names.claim("x", "a_2.png"));
        assertEquals("a.png", names.claim("y", "a.png"));
        assertEquals("caf\u00e9", names.claim("x", "caf\u00e9"));
        assertEquals("cafe\u0301_2", names.claim("x", "cafe\u0301"));
        assertEquals("stra\u00dfe", names.claim("x", "stra\u00dfe"));
        assertEquals("STRASSE_2", names.claim("x", "STRASSE"));
    }

    @Test
    void longNamesAreCutAndStayDistinct() {
        final var names = new SafeNames();
        final Set<String> given = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            final String name = names.claim("x", SafeNames.safe("\ud83d\ude3a".repeat(200) + i) + ".png");
            assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 140 && name.endsWith(".png"), name);
            assertFalse(name.contains("?"), name);
            assertTrue(given.add(name), name);
        }
        assertEquals("x".repeat(140), names.claim("x", "x".repeat(500)));
        assertFalse(names.claim("x", "y".repeat(139) + " z").endsWith(" "));
    }

    @ParameterizedTest
    @CsvSource({"a.jpg,a", "a.JPEG,a", "a.tar.gz,a.tar", "a,a", ".png,.png", "v1.5,v1.5", "data_batch_1#0,data_batch_1#0", "a.webp2x,a.webp2x"})
    void endingsOfFilesAreTakenOff(final String name, final String without) {
        assertEquals(without, SafeNames.withoutEnding(name));
    }
}
