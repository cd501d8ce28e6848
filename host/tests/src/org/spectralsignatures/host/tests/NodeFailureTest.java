package org.spectralsignatures.host.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.Node;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.spectralsignatures.host.app.BatchApplication;
import org.spectralsignatures.host.app.ExitCode;
import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.engine.WorkflowEngine;
import org.spectralsignatures.host.workflow.Workflow;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** Whatever a node throws, it ends, and says in KNIME's words why. */
class NodeFailureTest {

    @TempDir
    Path folder;

    private final List<NodeState> m_states = new ArrayList<>();

    private final List<String> m_messages = new ArrayList<>();

    private final List<Throwable> m_defects = new ArrayList<>();

    private boolean m_memoryIsShort;

    /** A node that does nothing but throw. */
    private static Node node(final Throwable configure, final Throwable execute) {
        final DefaultNode node = DefaultNode.create().name("Failing").icon("none.png").shortDescription("Fails.").fullDescription("<p>Fails.</p>") //
            .sinceVersion(5, 8, 0).ports(p -> p.addOutputTable("Out", "Never made.")).model(m -> m.withoutParameters() //
                .configure((in, out) -> sneak(configure)).execute((in, out) -> sneak(execute))).nodeType(NodeType.Other);
        return new Node(new DefaultNodeFactory(node) {
        });
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(final Throwable e) throws T {
        if (e != null) {
            throw (T)e;
        }
    }

    private WorkflowEngine engine(final Throwable configure, final Throwable execute) throws Exception {
        final var node = new WorkflowNode(1, "1", "Failing", folder.resolve("settings.xml"), node(configure, execute));
        return new WorkflowEngine(new Workflow(folder, Map.of(1, node), List.of(), Map.of(), List.of()), folder, new EngineListener() {
            @Override
            public void state(final WorkflowNode n, final NodeState state, final String message) {
                if (state == NodeState.FAILED && m_memoryIsShort) {
                    m_memoryIsShort = false;
                    throw new OutOfMemoryError("again");
                }
                m_states.add(state);
                m_messages.add(message);
            }

            @Override
            public void progress(final WorkflowNode n, final double fraction, final String message) {
                // no matter
            }

            @Override
            public void defect(final WorkflowNode n, final Throwable e) {
                m_defects.add(e);
            }
        });
    }

    static Stream<Arguments> failures() {
        return Stream.of(Arguments.of(new KNIMEException("Row 3 is wrong."), "Row 3 is wrong.", false), //
            Arguments.of(new KNIMEException(null), "Execute failed: (\"KNIMEException\"): at ", false), //
            Arguments.of(new IllegalStateException("Something is missing"), "Execute failed: Something is missing", true), //
            Arguments.of(new IllegalStateException("no"), "Execute failed: (\"IllegalStateException\"): no", true), //
            Arguments.of(new NullPointerException(), "Execute failed: (\"NullPointerException\"): at ", true), //
            Arguments.of(new InternalError("a fault occurred in a mapped file"), "Execute failed: (\"InternalError\"): a fault occurred in a mapped file", true), //
            Arguments.of(new StackOverflowError(), "Execute failed: (\"StackOverflowError\"): at ", true), //
            Arguments.of(new OutOfMemoryError("Java heap space"), "Execute failed: (\"OutOfMemoryError\"): Java heap space. Java has ", true), //
            Arguments.of(new ExceptionInInitializerError(new IllegalStateException("x")), "Execute failed: (\"ExceptionInInitializerError\"): ", true), //
            Arguments.of(null, "Execute failed: The node gave nothing at output 1.", true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aNodeThatFailsSaysWhy(final Throwable thrown, final String message, final boolean defect) throws Exception {
        final WorkflowEngine engine = engine(null, thrown);
        assertTrue(engine.configure());
        assertFalse(engine.execute());
        assertEquals(List.of(NodeState.CONFIGURED, NodeState.EXECUTING, NodeState.FAILED), m_states);
        assertTrue(m_messages.get(2).startsWith(message), m_messages.get(2));
        assertEquals(defect ? 1 : 0, m_defects.size());
    }

    @Test
    void aNodeThatFailsWhileMemoryIsShortIsToldOfAllTheSame() throws Exception {
        m_memoryIsShort = true;
        assertFalse(engine(null, new OutOfMemoryError("first")).execute());
        assertEquals(List.of(NodeState.EXECUTING, NodeState.FAILED), m_states);
        assertTrue(m_messages.get(1).contains("first"), m_messages.get(1));
    }

    @Test
    void aCancelledNodeSaysSoInOneWording() throws Exception {
        assertFalse(engine(null, new CanceledExecutionException("The task was cancelled.")).execute());
        final WorkflowEngine before = engine(null, null);
        before.cancel();
        assertFalse(before.execute());
        assertEquals(List.of(NodeState.EXECUTING, NodeState.CANCELLED, NodeState.CANCELLED), m_states);
        assertEquals(List.of("Execution canceled", "Execution canceled"), m_messages.subList(1, 3));
    }

    @Test
    void aNodeThatCannotBeConfiguredSaysWhy() throws Exception {
        assertFalse(engine(new InvalidSettingsException("No column."), null).configure());
        assertFalse(engine(new IllegalStateException("odd"), null).configure());
        assertFalse(engine(new NoClassDefFoundError("a/B"), null).configure());
        assertFalse(engine(new NullPointerException(), null).configure());
        assertEquals(List.of("No column.", "Configure failed (IllegalStateException): odd", "Configure failed (NoClassDefFoundError): a/B"), m_messages.subList(0, 3));
        assertTrue(m_messages.get(3).startsWith("Configure failed (NullPointerException): at "), m_messages.get(3));
        assertEquals(List.of(NodeState.IDLE, NodeState.IDLE, NodeState.IDLE, NodeState.IDLE), m_states);
        assertEquals(3, m_defects.size());
    }

    /** What is printed to fails once: as if memory ran out while the run says what it does. */
    @Test
    void nothingThatTheRunThrowsIsKeptFromTheUser() {
        final var bytes = new ByteArrayOutputStream();
        final boolean[] failed = new boolean[1];
        final var out = new PrintStream(bytes, true, StandardCharsets.UTF_8) {
            @Override
            public void println(final String text) {
                if (text.startsWith("Workflow") && !failed[0]) {
                    failed[0] = true;
                    throw new OutOfMemoryError("Java heap space");
                }
                super.println(text);
            }
        };
        assertEquals(ExitCode.LOAD, new BatchApplication().run(List.of(Run.WORKFLOWS.resolve("Spectral Signatures").toString()), out, false));
        assertTrue(bytes.toString(StandardCharsets.UTF_8).startsWith("ERROR  Not enough memory while loading the workflow (Java heap space; Java has "), bytes::toString);
        assertTrue(failed[0]);
    }
}
