package org.spectralsignatures.host.app;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.spectralsignatures.host.engine.EngineListener;
import org.spectralsignatures.host.engine.NodeState;
import org.spectralsignatures.host.text.VisibleText;
import org.spectralsignatures.host.workflow.WorkflowNode;

/** Tells a user what the nodes do: on a terminal a bar for each running node, elsewhere plain lines every ten seconds or so. */
final class ConsoleReport implements EngineListener {

    private static final int BAR = 20;

    private static final long TERMINAL_NANOS = 200_000_000L;

    private static final long PLAIN_NANOS = 10_000_000_000L;

    private static final class Running {
        final long start = System.nanoTime();

        double fraction;

        String message = "";

        long lastPrint = start;
    }

    private final VisibleStream m_out;

    private final boolean m_terminal;

    private final Map<WorkflowNode, Running> m_running = new LinkedHashMap<>();

    private final Set<WorkflowNode> m_taken = new HashSet<>();

    private int m_barsShown;

    private long m_lastDraw;

    ConsoleReport(final VisibleStream out, final boolean terminal) {
        m_out = out;
        m_terminal = terminal;
    }

    @Override
    public synchronized void state(final WorkflowNode node, final NodeState state, final String message) {
        erase();
        switch (state) {
            case IDLE -> {
                if (message != null) {
                    m_out.println("ERROR  " + node.label() + " cannot be configured: " + lines(message));
                }
            }
            case CONFIGURED -> warn(node, message);
            case EXECUTING -> {
                m_running.put(node, new Running());
                if (!m_terminal) {
                    m_out.println("start  " + node.label());
                }
            }
            default -> {
                final Running running = m_running.remove(node);
                final String time = running == null ? "" : String.format(Locale.ROOT, "  %.1f s", (System.nanoTime() - running.start) / 1e9);
                final boolean failed = state == NodeState.FAILED;
                final boolean says = message != null && state != NodeState.EXECUTED;
                final String what = failed ? "ERROR  " : m_taken.contains(node) ? "cached " : state == NodeState.EXECUTED ? "done   " : "stop   ";
                m_out.println(what + node.label() + time + (says ? ": " + lines(message) : ""));
                if (state == NodeState.EXECUTED) {
                    warn(node, message);
                }
            }
        }
        draw();
    }

    private void warn(final WorkflowNode node, final String message) {
        if (message != null) {
            m_out.println("WARN   " + node.label() + ": " + lines(message) + (m_taken.contains(node) ? " (from the cache)" : ""));
        }
    }

    /** Further lines of a message cannot be taken for messages of their own. */
    private static String lines(final String message) {
        return message.lines().collect(Collectors.joining("\n       "));
    }

    @Override
    public synchronized void taken(final WorkflowNode node) {
        m_taken.add(node);
    }

    @Override
    public synchronized void note(final String text) {
        erase();
        m_out.println("NOTE   " + lines(text));
        draw();
    }

    @Override
    public synchronized void defect(final WorkflowNode node, final Throwable e) {
        if (UnexpectedEnd.isDefect(e)) {
            erase();
            UnexpectedEnd.trace(e).forEach(m_out::println);
            draw();
        }
    }

    @Override
    public synchronized void progress(final WorkflowNode node, final double fraction, final String message) {
        final Running running = m_running.get(node);
        if (running == null) {
            return;
        }
        running.fraction = fraction;
        running.message = message == null ? "" : VisibleText.line(message);
        final long now = System.nanoTime();
        if (m_terminal && now - m_lastDraw > TERMINAL_NANOS) {
            erase();
            draw();
        } else if (!m_terminal && now - running.lastPrint > PLAIN_NANOS) {
            running.lastPrint = now;
            m_out.println(String.format(Locale.ROOT, "       %s %3.0f %%  %s", node.label(), 100 * fraction, running.message));
        }
    }

    private void erase() {
        if (m_barsShown > 0) {
            m_out.control("\u001b[" + m_barsShown + "A\u001b[J");
            m_barsShown = 0;
        }
    }

    private void draw() {
        if (m_terminal) {
            m_running.forEach((node, running) -> {
                final int filled = (int)Math.round(BAR * running.fraction);
                final String line = String.format(Locale.ROOT, "[%s%s] %3.0f %%  %s  %s", "#".repeat(filled), ".".repeat(BAR - filled), 100 * running.fraction,
                    node.label(), running.message);
                m_out.println(line.length() > 118 ? line.substring(0, 118) : line);
                m_barsShown++;
            });
            m_lastDraw = System.nanoTime();
        }
        m_out.flush();
    }
}
