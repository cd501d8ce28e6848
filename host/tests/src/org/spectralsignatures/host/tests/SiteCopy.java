package org.spectralsignatures.host.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** A copy of the update site for a test: of another version, or light, with the jars of native libraries empty. */
final class SiteCopy {

    private static final Pattern FEATURE = Pattern.compile("org\\.spectralsignatures\\.feature_(.+)\\.jar");

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

    /** The same units and files, with another version in their metadata and names: what an update offers. */
    static Path ofVersion(final Path site, final Path target, final String version) throws IOException {
        final String old = version(site);
        for (String folder : new String[]{"features", "plugins"}) {
            Files.createDirectories(target.resolve(folder));
            try (var files = Files.list(site.resolve(folder))) {
                for (Path file : files.toList()) {
                    Files.createSymbolicLink(target.resolve(folder).resolve(file.getFileName().toString().replace(old, version)), file);
                }
            }
        }
        for (String name : new String[]{"content", "artifacts"}) {
            Files.writeString(target.resolve(name + ".xml"), xml(site, name).replace(old, version));
        }
        return target;
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
