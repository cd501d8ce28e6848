package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What the update site's zip says about the work of others that it holds (bill of materials, licences), against what it holds. */
class SiteLicencesTest {

    private static final Path TARGET = Path.of(System.getProperty("spectralsignatures.root"), "update-site/target");

    private static final Predicate<String> NATIVE = n -> n.matches(".*\\.(dll|dylib|so)|.*\\.so\\.[0-9.]+");

    private static final Predicate<String> BUNDLE = n -> n.matches("plugins/.*\\.jar") && !n.contains(".source_");

    private static ZipFile site;

    private static JsonNode bill;

    /** A file in a bundle: its check sum, the works whose pom.properties (or, without any, poms) it has, and its native libraries other than glue code. */
    private record Held(String sha256, Set<String> works, Set<String> natives) {
    }

    @BeforeAll
    static void open() throws IOException {
        try (var files = Files.list(TARGET)) {
            site = new ZipFile(files.filter(f -> f.toString().endsWith(".zip")).findFirst().orElseThrow().toFile());
        }
        bill = new ObjectMapper().readTree(bytes(site, "bom.json"));
    }

    @AfterAll
    static void close() throws IOException {
        site.close();
    }

    private static byte[] bytes(final ZipFile zip, final String name) throws IOException {
        final ZipEntry entry = zip.getEntry(name);
        assertNotNull(entry, name);
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static List<String> names(final Predicate<String> which) {
        return site.stream().map(ZipEntry::getName).filter(which).sorted().toList();
    }

    private static ZipInputStream unpacked(final String jar) throws IOException {
        return new ZipInputStream(site.getInputStream(site.getEntry(jar)));
    }

    private static String symbolicName(final String bundle) {
        return bundle.replaceFirst("plugins/", "").replaceFirst("_[^_]*\\.jar$", "");
    }

    private static Held held(final InputStream file, final boolean jar) throws Exception {
        final var in = new DigestInputStream(file, MessageDigest.getInstance("SHA-256"));
        final Set<String> works = new TreeSet<>();
        final Set<String> natives = new TreeSet<>();
        final Set<String> poms = new TreeSet<>();
        if (jar) {
            final var entries = new ZipInputStream(in);
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                final String name = entry.getName().replaceFirst(".*/", "");
                assertFalse(name.matches(".*\\.(obj|exp|jar)"), entry.getName());
                if (entry.getName().matches("META-INF/maven/.*/pom\\.properties")) {
                    final var properties = new Properties();
                    properties.load(entries);
                    works.add(properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":" + properties.getProperty("version"));
                } else if (entry.getName().matches("META-INF/maven/.*/pom\\.xml")) {
                    final String[] place = entry.getName().split("/");
                    final var version = Pattern.compile("<version>([^<]+)<").matcher(new String(entries.readAllBytes(), StandardCharsets.UTF_8));
                    poms.add(place[2] + ":" + place[3] + ":" + (version.find() ? version.group(1) : ""));
                } else if (NATIVE.test(name) && !name.matches("(lib)?jni.*")) {
                    natives.add(name);
                }
            }
        }
        in.transferTo(OutputStream.nullOutputStream());
        if (works.isEmpty()) {
            works.addAll(poms);
        }
        return new Held(HexFormat.of().formatHex(in.getMessageDigest().digest()), works, natives);
    }

    private static Held listed(final JsonNode component) {
        final Set<String> works = new TreeSet<>();
        final Set<String> natives = new TreeSet<>();
        if (component.get("purl").asText().startsWith("pkg:maven/")) {
            works.add(work(component));
        }
        for (JsonNode part : component.path("components")) {
            if (part.get("type").asText().equals("file")) {
                natives.add(part.get("name").asText());
            } else {
                works.add(work(part));
            }
        }
        assertEquals("SHA-256", component.get("hashes").get(0).get("alg").asText());
        return new Held(component.get("hashes").get(0).get("content").asText(), works, natives);
    }

    private static String work(final JsonNode library) {
        return library.get("group").asText() + ":" + library.get("name").asText() + ":" + library.get("version").asText();
    }

    /** Each jar and script of a bundle is in the bill with its check sum and what is within it, and the bill has no more. */
    @Test
    void billNamesJustWhatTheSiteHolds() throws Exception {
        final Map<String, Held> held = new TreeMap<>();
        for (String bundle : names(BUNDLE)) {
            try (var in = unpacked(bundle)) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (entry.getName().matches(".*\\.jar|web/lib/.*\\.js")) {
                        held.put(symbolicName(bundle) + "/" + entry.getName(), held(in, entry.getName().endsWith(".jar")));
                    }
                }
            }
        }
        assertTrue(held.size() > 40, held.keySet().toString());
        final Map<String, Held> listed = new TreeMap<>();
        for (JsonNode component : bill.get("components")) {
            listed.put(component.get("bom-ref").asText(), listed(component));
        }
        assertEquals(held, listed);
    }

    private static void checkComponent(final JsonNode component, final Set<String> references, final Set<String> texts) {
        final String place = component.get("bom-ref").asText();
        assertTrue(references.add(place), place);
        final String licence = component.get("licenses").get(0).get("expression").asText();
        assertTrue(licence.matches("[\\w.-]+( (AND|OR|WITH) [\\w.-]+)*"), place + ": " + licence);
        if (component.get("type").asText().equals("library")) {
            final String version = component.get("version").asText();
            assertTrue(component.get("purl").asText().matches("pkg:(maven/[\\w.-]+|npm)/[\\w.-]+@\\Q" + version + "\\E(\\?classifier=[\\w-]+)?"), place);
        }
        // a text, or where there is none that may be handed on, an address
        assertTrue(component.path("properties").size() > 0 || licence.startsWith("LicenseRef-") && component.get("externalReferences").size() > 0, place);
        component.path("properties").forEach(p -> texts.add(p.get("value").asText()));
        component.path("components").forEach(part -> checkComponent(part, references, texts));
    }

    /** Everything has a licence, whose text is in the zip and in the feature; there is no text that nothing needs. */
    @Test
    void everyLicenceHasItsText() throws Exception {
        assertEquals("CycloneDX", bill.get("bomFormat").asText());
        final Set<String> texts = new TreeSet<>();
        final Set<String> references = new HashSet<>();
        bill.get("components").forEach(c -> checkComponent(c, references, texts));
        assertEquals(List.copyOf(texts), names(n -> n.matches("licences/.+")));
        final Map<String, byte[]> feature = feature();
        assertEquals(texts, feature.keySet().stream().filter(n -> n.matches("licences/.+")).collect(Collectors.toCollection(TreeSet::new)));
        for (String text : texts) {
            assertTrue(bytes(site, text).length > 100, text);
            assertEquals(new String(bytes(site, text), StandardCharsets.UTF_8), new String(feature.get(text), StandardCharsets.UTF_8));
        }
        assertEquals(bill, new ObjectMapper().readTree(feature.get("bom.json")));
    }

    private static Map<String, byte[]> feature() throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        try (var in = unpacked(names(n -> n.matches("features/org\\.spectralsignatures\\.feature_.*\\.jar")).get(0))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    /** The licence that is shown before the installation, and later among the installed features, names every work. */
    @Test
    void installerShowsALicenceThatNamesEveryWork() throws Exception {
        final Map<String, byte[]> feature = feature();
        final var properties = new Properties();
        properties.load(new ByteArrayInputStream(feature.get("feature.properties")));
        final String licence = properties.getProperty("license");
        assertTrue(new String(feature.get("feature.xml"), StandardCharsets.UTF_8).contains("%license"));
        assertTrue(licence.startsWith("Spectral Signatures for KNIME is licensed under the Apache License, Version 2.0."), licence);
        for (JsonNode component : bill.get("components")) {
            assertTrue(licence.contains("\n- " + component.get("description").asText() + " " + component.get("version").asText() + ": "), component.toString());
            for (JsonNode part : component.path("components")) {
                assertTrue(licence.contains("\n- " + part.get("description").asText()), part.toString());
            }
        }
        final String units;
        try (var in = unpacked("content.jar")) {
            in.getNextEntry();
            units = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        final String group = units.substring(units.indexOf("<unit id='org.spectralsignatures.feature.feature.group'"));
        final String unit = group.substring(0, group.indexOf("</unit>"));
        assertTrue(unit.contains("%license") && unit.contains("<property name='df_LT.license' value='Spectral Signatures for KNIME is licensed"), unit);
        for (String work : List.of("OpenBLAS with LAPACK", "oneDNN", "Apache ECharts", "JavaCPP 1.5.", "Apache Commons Math 3.", "GCC libgomp")) {
            assertTrue(unit.contains("&#xA;- " + work), work);
        }
    }

    /** A bundle that holds jars has each in its class path, and nothing else. */
    @Test
    void classPathsNameTheJarsThatAreThere() throws Exception {
        int checked = 0;
        for (String bundle : names(BUNDLE)) {
            final Set<String> jars = new TreeSet<>();
            Manifest manifest = null;
            try (var in = unpacked(bundle)) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (entry.getName().matches("lib/[^/]*\\.jar")) {
                        jars.add(entry.getName());
                    } else if (entry.getName().equals("META-INF/MANIFEST.MF")) {
                        manifest = new Manifest(in);
                    }
                }
            }
            if (!jars.isEmpty()) {
                final Set<String> path = new TreeSet<>(Arrays.asList(manifest.getMainAttributes().getValue("Bundle-ClassPath").split(",")));
                path.remove(".");
                assertEquals(jars, path, bundle);
                checked++;
            }
        }
        assertEquals(10, checked);
    }
}
