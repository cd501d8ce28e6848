package org.spectralsignatures.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents can be held to: links lead somewhere, classes that are named exist, and a measured speed stands in one place. */
class DocumentsTest {

    /** Where speeds are noted, with date and machine; other documents link to it. */
    private static final String RECORD = "benchmarks/RESULTS.md";

    /** What changed may name what is gone. */
    private static final String HISTORY = "docs/CHANGELOG.md";

    /** Classes of the Java runtime. */
    private static final Set<String> JAVA = Set.of("ImageIO", "ServiceLoader");

    private static List<Document> documents() throws IOException {
        final List<Document> documents = Document.all(RepositoryFiles.repository());
        assertTrue(documents.stream().anyMatch(document -> document.path().equals(RECORD)));
        assertTrue(documents.stream().anyMatch(document -> document.path().equals(HISTORY)));
        return documents;
    }

    @Test
    void linksLeadSomewhere(@TempDir final Path folder) throws IOException {
        final var broken = new ArrayList<String>();
        for (Document document : documents()) {
            broken.addAll(document.brokenLinks(RepositoryFiles.repository()));
        }
        assertEquals(List.of(), broken);
        Files.writeString(folder.resolve("b.md"), "# Time & (memory)\n```\n# no heading\n```\n");
        assertEquals(List.of("a.md: there is no c.md", "a.md: there is no b.md#no-heading", "a.md: there is no #x"), Document.of("a.md",
            "[1](b.md) [2](c.md) [3](b.md#time--memory) [4](b.md#no-heading) [5](https://example.org) [6](#x)").brokenLinks(write(folder, "a.md")));
    }

    private static Path write(final Path folder, final String name) throws IOException {
        Files.createFile(folder.resolve(name));
        return folder;
    }

    @Test
    void speedsStandWhereTheyWereMeasured() throws IOException {
        final var speeds = new ArrayList<String>();
        for (Document document : documents()) {
            if (document.path().equals(RECORD)) {
                assertTrue(document.speeds().size() > 10);
            } else {
                speeds.addAll(document.speeds());
            }
        }
        assertEquals(List.of(), speeds, "These belong into " + RECORD + "; link to it, in words.");
        assertEquals(List.of("a.md: 1,400 images/s"), Document.of("a.md", "some 1,400 images/s, images/s").speeds());
    }

    @Test
    void classesThatAreNamedExist() throws IOException {
        final Path repository = RepositoryFiles.repository();
        final var names = new HashSet<>(JAVA);
        for (Path file : RepositoryFiles.list(repository)) {
            final String name = file.getFileName().toString();
            if (name.endsWith(".java")) {
                names.add(name.substring(0, name.length() - ".java".length()));
            }
        }
        final var unknown = new ArrayList<String>();
        for (Document document : documents()) {
            if (!document.path().equals(HISTORY)) {
                unknown.addAll(document.unknownClasses(names));
            }
        }
        assertEquals(List.of(), unknown);
        assertEquals(List.of("a.md: there is no class OldName"), Document.of("a.md", "`OldName.load` and `x.NewName`, OtherName, `Name`")
            .unknownClasses(Set.of("NewName")));
    }
}
