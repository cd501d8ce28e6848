package org.spectralsignatures.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import org.junit.jupiter.api.Test;

/** The structure that {@code docs/Architecture.md} describes, held against the sources; and that each rule names who breaks it. */
class ArchitectureTest {

    private static final String LIBRARY = "plugin/org.spectralsignatures";

    private static final String NODES = "plugin/org.spectralsignatures.nodes";

    private static final String HOST = "host/org.spectralsignatures.host";


    private static List<JavaSource> sources() throws IOException {
        final List<JavaSource> sources = JavaSource.of(RepositoryFiles.repository());
        for (String bundle : List.of(LIBRARY, NODES, HOST, "host/org.knime.core", "host/org.knime.core.ui")) {
            assertTrue(sources.stream().anyMatch(source -> source.bundle().equals(bundle)), bundle);
        }
        return sources;
    }

    private static JavaSource source(final String bundle, final String packageName, final String file, final String body) {
        return new JavaSource(bundle, bundle + "/" + file, "package " + packageName + ";\n" + body);
    }

    @Test
    void libraryKnowsNoKnime() throws IOException {
        assertEquals(List.of(), Rules.libraryKnowsNoKnime(sources()));
        final JavaSource reader = source(LIBRARY, "org.spectralsignatures.reader", "Reader.java",
            "import org.knime.core.node.Node; // org.knime.comment\nString s = \"org.knime.text\"; org.spectralsignatures.nodes.port.X x;");
        assertEquals(List.of(LIBRARY + "/Reader.java names org.knime.core.node.Node",
            LIBRARY + "/Reader.java names org.spectralsignatures.nodes.port.X"), Rules.libraryKnowsNoKnime(List.of(reader)));
    }

    @Test
    void hostKnowsNoNodes() throws IOException {
        assertEquals(List.of(), Rules.hostKnowsNoNodes(sources()));
        final JavaSource loader = source(HOST, "org.spectralsignatures.host", "Loader.java", "import org.spectralsignatures.nodes.port.X;");
        assertEquals(List.of(HOST + "/Loader.java names org.spectralsignatures.nodes.port.X"), Rules.hostKnowsNoNodes(List.of(loader)));
    }

    @Test
    void numericLibrariesStayInTheirEngine() throws IOException {
        assertEquals(List.of(), Rules.numericLibrariesStayInTheirEngine(sources()));
        final String imports = "import org.nd4j.A;\nimport org.deeplearning4j.B;\nimport static org.bytedeco.C.d;";
        final JavaSource engine = source(LIBRARY, "org.spectralsignatures.engine.cpu.layers", "Engine.java", imports);
        final JavaSource scorer = source(LIBRARY, "org.spectralsignatures.scoring", "Scorer.java", imports);
        assertEquals(List.of(LIBRARY + "/Scorer.java names org.nd4j.A", LIBRARY + "/Scorer.java names org.deeplearning4j.B",
            LIBRARY + "/Scorer.java names org.bytedeco.C.d"), Rules.numericLibrariesStayInTheirEngine(List.of(engine, scorer)));
        final JavaSource runtime = source(LIBRARY, "org.spectralsignatures.onnx", "Runtime.java", "import ai.onnxruntime.OrtSession;");
        final JavaSource network = source(LIBRARY, "org.spectralsignatures.network.onnx", "Network.java", "import ai.onnxruntime.OrtSession;");
        assertEquals(List.of(LIBRARY + "/Network.java names ai.onnxruntime.OrtSession"), Rules.numericLibrariesStayInTheirEngine(List.of(runtime, network)));
    }

    @Test
    void packagesFormNoCircle() throws IOException {
        assertEquals(List.of(), Rules.packagesFormNoCircle(sources()));
        final JavaSource a = source(HOST, "org.spectralsignatures.a", "A.java", "import org.spectralsignatures.b.B;");
        final JavaSource b = source(HOST, "org.spectralsignatures.b", "B.java", "import org.spectralsignatures.c.C;");
        final JavaSource c = source(HOST, "org.spectralsignatures.c", "C.java", "org.spectralsignatures.a.A a;");
        final String circle = "is in a circle of [org.spectralsignatures.a, org.spectralsignatures.b, org.spectralsignatures.c]";
        assertEquals(List.of("org.spectralsignatures.a " + circle, "org.spectralsignatures.b " + circle, "org.spectralsignatures.c " + circle),
            Rules.packagesFormNoCircle(List.of(a, b, c)));
        assertEquals(List.of(), Rules.packagesFormNoCircle(List.of(a, b)));
    }

    @Test
    void circlesAreSeenThroughOtherBundlesAndThroughKnimesNames() {
        final JavaSource ours = source(HOST, "org.spectralsignatures.a", "A.java", "import org.knime.x.X;");
        final JavaSource knimes = source("host/org.knime.core", "org.knime.x", "X.java", "import org.knime.y.Y;");
        final JavaSource back = source("host/org.knime.core", "org.knime.y", "Y.java", "import org.spectralsignatures.a.A; import org.knime.x.X;");
        assertEquals(List.of("org.spectralsignatures.a is in a circle of [org.knime.x, org.knime.y, org.spectralsignatures.a]"),
            Rules.packagesFormNoCircle(List.of(ours, knimes, back)));
        final JavaSource straight = source("host/org.knime.core", "org.knime.y", "Y.java", "import org.knime.x.X;");
        assertEquals(List.of(), Rules.packagesFormNoCircle(List.of(ours, knimes, straight)));
    }

    @Test
    void nodesKnowNoOtherNodes() throws IOException {
        assertEquals(List.of(), Rules.nodesKnowNoOtherNodes(sources()));
        final JavaSource first = source(NODES, "org.spectralsignatures.nodes.x", "XNodeFactory.java", "org.spectralsignatures.nodes.x.X own;");
        final JavaSource second = source(NODES, "org.spectralsignatures.nodes.y", "YNodeFactory.java", "import org.spectralsignatures.nodes.x.X;");
        final JavaSource shared = source(NODES, "org.spectralsignatures.nodes.table", "Table.java", "import org.spectralsignatures.nodes.y.Y;");
        assertEquals(List.of(NODES + "/YNodeFactory.java names org.spectralsignatures.nodes.x.X", NODES + "/Table.java names org.spectralsignatures.nodes.y.Y"),
            Rules.nodesKnowNoOtherNodes(List.of(first, second, shared)));
    }

    @Test
    void onePackageForEachNode() throws IOException {
        assertEquals(List.of(), Rules.onePackageForEachNode(sources()));
        final JavaSource first = source(NODES, "org.spectralsignatures.nodes.x", "FirstNodeFactory.java", "");
        final JavaSource second = source(NODES, "org.spectralsignatures.nodes.x", "SecondNodeFactory.java", "");
        assertEquals(List.of("org.spectralsignatures.nodes.x holds several nodes: [" + first.path() + ", " + second.path() + "]"),
            Rules.onePackageForEachNode(List.of(first, second)));
    }

    @Test
    void packagesAreDescribed() throws IOException {
        assertEquals(List.of(), Rules.packagesAreDescribed(sources()));
        assertEquals(List.of("org.spectralsignatures.x has no package-info.java"),
            Rules.packagesAreDescribed(List.of(source(LIBRARY, "org.spectralsignatures.x", "X.java", ""))));
    }

    @Test
    void documentNamesThePackages() throws IOException {
        assertEquals(List.of(), Rules.documentNamesThePackages(sources(), Files.readString(RepositoryFiles.repository().resolve("docs/Architecture.md"))));
        final JavaSource info = new JavaSource(LIBRARY, LIBRARY + "/package-info.java",
            "/**\n * Rows {@code [n, d]}\n * of numbers. More. */\npackage org.spectralsignatures.x;");
        assertEquals(List.of(), Rules.documentNamesThePackages(List.of(info), "| `x` | Rows `[n, d]` of numbers. | `X` |"));
        assertEquals(List.of("org.spectralsignatures.x: the table says 'null', its package-info 'Rows `[n, d]` of numbers.'",
            "org.spectralsignatures.y stands in the table and is no package"),
            Rules.documentNamesThePackages(List.of(info), "| `y` | Rows. | `Y` |"));
    }
}
