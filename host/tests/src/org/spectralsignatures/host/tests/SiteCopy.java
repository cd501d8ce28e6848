package org.spectralsignatures.host.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** A copy of the update site for a test: light, with the jars of DL4J and its native libraries empty, or of another version. */
final class SiteCopy {

    private static final Pattern FEATURE = Pattern.compile("org\\.spectralsignatures\\.feature_(.+)\\.jar");

    /** Units and files that an update brings. */
    private static final Set<String> UPDATED = Set.of("org.spectralsignatures", "org.spectralsignatures.engine.cpu", "org.spectralsignatures.nodes",
        "org.spectralsignatures.feature",
        "org.spectralsignatures.feature.feature.group", "org.spectralsignatures.feature.feature.jar");

    private static final Pattern ID = Pattern.compile(" (?:id|name)='([^']+)'");

    private SiteCopy() {
    }

    /** @return the full version of the site's feature */
    static String version(final Path site) throws IOException {
        try (var features = Files.list(site.resolve("features"))) {
            return features.map(f -> FEATURE.matcher(f.getFileName().toString())).filter(m -> m.matches()).map(m -> m.group(1)).findFirst().orElseThrow();
        }
    }

    private static String xml(final Path site, final String name) throws IOException {
        try (var jar = new ZipFile(site.resolve(name + ".jar").toFile())) {
            return new String(jar.getInputStream(jar.getEntry(name + ".xml")).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * What an update offers: feature, library and nodes of another version, everything else as it was.
     *
     * @param site a light copy
     */
    static Path update(final Path site, final Path target, final String version) throws IOException {
        final String old = version(site);
        for (String folder : new String[]{"features", "plugins"}) {
            Files.createDirectories(target.resolve(folder));
            try (var files = Files.list(site.resolve(folder))) {
                for (Path file : files.toList()) {
                    final String name = file.getFileName().toString();
                    if (!UPDATED.contains(name.replace("_" + old + ".jar", ""))) {
                        Files.createSymbolicLink(target.resolve(folder).resolve(name), file);
                    } else {
                        withVersion(file, target.resolve(folder).resolve(name.replace(old, version)), version);
                    }
                }
            }
        }
        for (String name : new String[]{"content.xml", "artifacts.xml"}) {
            final var text = new StringBuilder();
            String unit = "";
            for (String line : Files.readAllLines(site.resolve(name))) {
                final Matcher id = ID.matcher(line);
                final String mentioned = id.find() ? id.group(1) : "";
                unit = line.contains("<unit ") ? mentioned : unit;
                final boolean inside = UPDATED.contains(unit) && !unit.endsWith(".group") && !unit.endsWith(".feature");
                text.append(inside || UPDATED.contains(mentioned) ? line.replace(old, version) : line).append('\n');
            }
            Files.writeString(target.resolve(name), text);
        }
        return target;
    }

    private static void withVersion(final Path jar, final Path target, final String version) throws IOException {
        try (var in = new JarFile(jar.toFile())) {
            final Manifest manifest = in.getManifest() == null ? new Manifest() : in.getManifest();
            if (manifest.getMainAttributes().getValue("Bundle-Version") != null) {
                manifest.getMainAttributes().putValue("Bundle-Version", version);
            }
            try (var out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
                for (JarEntry entry : in.stream().filter(e -> !e.isDirectory() && !e.getName().equals(JarFile.MANIFEST_NAME)).toList()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.getInputStream(entry).transferTo(out);
                }
            }
        }
    }

    /** The same units; DL4J and its native libraries are empty jars, which take no time to install. */
    static Path light(final Path site, final Path target) throws IOException {
        for (String folder : new String[]{"features", "plugins"}) {
            Files.createDirectories(target.resolve(folder));
            try (var files = Files.list(site.resolve(folder))) {
                for (Path file : files.toList()) {
                    final Path to = target.resolve(folder).resolve(file.getFileName());
                    if (file.getFileName().toString().contains(".dl4j")) {
                        try (var jar = new ZipFile(file.toFile());
                                var in = jar.getInputStream(jar.getEntry("META-INF/MANIFEST.MF"));
                                var out = new JarOutputStream(Files.newOutputStream(to), new Manifest(in))) {
                            out.finish();
                        }
                    } else {
                        Files.createSymbolicLink(to, file);
                    }
                }
            }
        }
        Files.writeString(target.resolve("content.xml"), xml(site, "content"));
        Files.writeString(target.resolve("artifacts.xml"), xml(site, "artifacts").replaceAll("<property name='(download\\.|artifact\\.size)[^>]*/>", ""));
        return target;
    }
}
