package org.spectralsignatures.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.reader.ClassMerge;

class ClassNamesTest {

    private static void ordered(final String... names) {
        final List<String> shuffled = new ArrayList<>(List.of(names));
        Collections.reverse(shuffled);
        shuffled.sort(ClassNames.NATURAL);
        assertEquals(List.of(names), shuffled);
    }

    @Test
    void digitsCountAsNumbers() {
        ordered("1", "2", "10", "20", "100");
        ordered("cat", "cat1", "cat2", "cat10", "cat10a", "cat10b", "cats");
        ordered("v1.2", "v1.10", "v2");
        ordered("", "007", "07", "7", "8", "99999999999999999999", "100000000000000000000");
    }

    @Test
    void namesWithoutDigitsKeepTheOrderOfTexts() {
        final List<String> names = new ArrayList<>(List.of("airplane", "automobile", "Bird", "cat", "cat ", "deer", "Zebra", "dog", "ä", "a-b", "a b", "猫", ""));
        final List<String> texts = names.stream().sorted().toList();
        names.sort(ClassNames.NATURAL);
        assertEquals(texts, names);
    }

    /** A reader orders the class of each image: regular expressions took a minute for 300,000. */
    @Test
    void manyAreOrderedSoon() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            long sum = 0;
            for (int i = 0; i < 3_000_000; i++) {
                sum += ClassNames.NATURAL.compare("class 0012", i % 2 == 0 ? "class 12" : "class 13");
            }
            assertTrue(sum != 0);
        });
    }

    @Test
    void everyNameCanBeListed() {
        final List<String> names = List.of("a", "a,b", "c;d", "e=f", " g", "h ", "say \"i\"", "\"", "j\"", ",", "k l");
        assertEquals(names, ClassNames.parse(ClassNames.join(names)));
        assertEquals("a, \"a,b\"", ClassNames.join(names.subList(0, 2)));
        assertEquals(List.of("cat", "big dog"), ClassNames.parse(" cat , big dog ,,"));
    }

    @Test
    void openQuotesAreRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassNames.parse("a,\"b")).getMessage().contains("not closed"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassNames.parse("\"a\"b")).getMessage().contains("no name of a class"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ClassNames.parse("\"a\"b\"c\"")).getMessage().contains("no name of a class"));
    }

    @Test
    void quotedNamesMerge() {
        assertEquals(List.of(new ClassMerge("x=y;z", List.of("a,b", "c ")), new ClassMerge("pets", List.of("cat", "dog"))),
            ClassMerge.parse("\"x=y;z\"=\"a,b\",\"c \"; pets = cat, dog"));
        assertEquals("'pets' does not say how to merge classes. Write it as pets=cat,dog.",
            assertThrows(IllegalArgumentException.class, () -> ClassMerge.parse("pets")).getMessage());
    }
}
