package org.spectralsignatures.network.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static Object parse(final String json) throws NetworkFormatException {
        return StrictJson.parse("it", json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void valuesAreThoseOfTheText() throws Exception {
        assertEquals(Arrays.asList(1, -2, 0, 3_000_000_000L, new BigInteger("9".repeat(30)), 1.5, -2e-4, 1e300, true, false, null, List.of(), Map.of()),
            parse(" [1, -2,0,3000000000," + "9".repeat(30) + ",1.5,-2E-4 ,1e+300,true,false,null,[],{ }]\n"));
        assertEquals("\"\\/\b\f\n\r\t\u00fc\ud83d\ude00", parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00FC\ud83d\ude00\""));
        assertEquals(Map.of("a", Map.of("b", List.of(1))), parse("{\"a\":{\"b\":[1]}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[1,]", "[,1]", "[1 2]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{\"a\":1", "[", "[1", "\"x", "\"\\x\"", "\"\\u12\"", "\"a\tb\"", "01",
        "1.", ".5", "-", "+1", "1e", "1e+", "0x1", "NaN", "Infinity", "nul", "truex", "1 2", "{} {}", "'a'", "// no\n1", "\ufeff1"})
    void whatIsNoJsonIsRefused(final String json) {
        final String message = assertThrows(NetworkFormatException.class, () -> parse(json)).getMessage();
        assertTrue(message.startsWith("it is no JSON: "), message);
    }

    @Test
    void messagesTellThePlace() {
        assertEquals("it is no JSON: Duplicate field 'a' (line 2, column 5)",
            assertThrows(NetworkFormatException.class, () -> parse("{\"a\":1,\n \"a\":2}")).getMessage());
    }

    @Test
    void whatIsWrittenIsReadAgainAndLooksAsItDidBefore() throws Exception {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", "gn\u00fc \"x\" \u0001\n");
        map.put("list", List.of(1, 2.0E-4, Map.of("in", Map.of()), List.of()));
        map.put("nothing", null);
        final String text = JsonText.write(map);
        assertEquals("""
            {
              "name" : "gn\u00fc \\"x\\" \\u0001\\n",
              "list" : [ 1, 2.0E-4, {
                "in" : { }
              }, [ ] ],
              "nothing" : null
            }""", text);
        assertEquals(map, parse(text));
        assertEquals("{\"in\":[1,{}]}", JsonText.brief(Map.of("in", List.of(1, Map.of()))));
    }
}
