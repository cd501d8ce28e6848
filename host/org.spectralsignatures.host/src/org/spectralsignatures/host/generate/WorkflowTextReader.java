package org.spectralsignatures.host.generate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.spectralsignatures.host.generate.WorkflowText.NodeText;
import org.spectralsignatures.host.generate.WorkflowText.Note;
import org.spectralsignatures.host.generate.WorkflowText.Setting;
import org.spectralsignatures.host.generate.WorkflowText.Source;
import org.spectralsignatures.host.generate.WorkflowText.Variable;

/** Reads the text of a workflow, line by line. */
final class WorkflowTextReader {

    /** Grey, as KNIME draws notes. */
    private static final int USUAL_COLOR = 0xB0B0B0;

    private static final Map<String, String> ENTRY_TYPES = Map.of("STRING", "xstring", "INTEGER", "xint", "LONG", "xlong", "DOUBLE", "xdouble",
        "BOOLEAN", "xboolean");

    private static final Pattern NOTE = Pattern.compile("note (-?\\d+),(-?\\d+) (\\d+)x(\\d+)(?: #([0-9a-f]{6}))?: (.*)");

    private static final Pattern VARIABLE = Pattern.compile("variable ([A-Z]+) (.+?) = (.*)");

    private static final Pattern NODE = Pattern.compile("(\\d+) (.+?)(?: <- (\\S+(?:, \\S+)*))? @ (-?\\d+),(-?\\d+)( idle)?");

    private static final Pattern SOURCE = Pattern.compile("(\\d+)(?:\\.(\\d+))?");

    private static final Pattern LABEL = Pattern.compile("label: (.*)");

    private static final Pattern SETTING = Pattern.compile("(\\S+)(?: = (.*?))?(?: <- (\\S+))?");

    private final List<Note> m_notes = new ArrayList<>();

    private final List<Variable> m_variables = new ArrayList<>();

    private final List<NodeText> m_nodes = new ArrayList<>();

    private final Set<Integer> m_ids = new HashSet<>();

    private int m_line;

    private WorkflowTextReader() {
    }

    /** @throws WorkflowTextException if a line is none of those that a text may have */
    static WorkflowText read(final List<String> lines) throws WorkflowTextException {
        final var reader = new WorkflowTextReader();
        for (final String line : lines) {
            reader.m_line++;
            if (line.startsWith("    ")) {
                reader.ofNode(line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                reader.ofWorkflow(line.strip());
            }
        }
        reader.checkSources();
        return new WorkflowText(List.copyOf(reader.m_notes), List.copyOf(reader.m_variables), List.copyOf(reader.m_nodes));
    }

    private void ofWorkflow(final String line) throws WorkflowTextException {
        final Matcher note = NOTE.matcher(line);
        final Matcher variable = VARIABLE.matcher(line);
        final Matcher node = NODE.matcher(line);
        if (note.matches()) {
            m_notes.add(new Note(number(note.group(1)), number(note.group(2)), number(note.group(3)), number(note.group(4)),
                note.group(5) == null ? USUAL_COLOR : Integer.parseInt(note.group(5), 16), text(note.group(6))));
        } else if (variable.matches()) {
            final String type = ENTRY_TYPES.get(variable.group(1));
            check(type != null, "there is no type of variables '" + variable.group(1) + "'");
            m_variables.add(new Variable(variable.group(1), type, variable.group(2), text(variable.group(3))));
        } else {
            check(node.matches(), "expected a note, a variable or a node, but found '" + line + "'");
            final int id = number(node.group(1));
            check(m_ids.add(id), "the number " + id + " is taken");
            m_nodes.add(new NodeText(m_line, id, node.group(2), sources(node.group(3)), number(node.group(4)), number(node.group(5)), node.group(6) != null, null,
                new ArrayList<>()));
        }
    }

    private List<Source> sources(final String text) throws WorkflowTextException {
        final var sources = new ArrayList<Source>();
        for (final String part : text == null ? new String[0] : text.split(", ")) {
            final Matcher source = SOURCE.matcher(part);
            check(part.equals("-") || source.matches(), "'" + part + "' is no output: write 3, or 3.2 for its second port, or - for no connection");
            sources.add(part.equals("-") ? null : new Source(number(source.group(1)), source.group(2) == null ? 1 : number(source.group(2))));
        }
        return sources;
    }

    private void ofNode(final String line) throws WorkflowTextException {
        check(!m_nodes.isEmpty(), "a label or setting stands before the first node");
        final NodeText node = m_nodes.get(m_nodes.size() - 1);
        final Matcher label = LABEL.matcher(line);
        final Matcher setting = SETTING.matcher(line);
        if (label.matches()) {
            check(node.label() == null, "the node has a label already");
            m_nodes.set(m_nodes.size() - 1, node.labelled(text(label.group(1))));
        } else {
            check(setting.matches() && (setting.group(2) != null || setting.group(3) != null), "expected a label or a setting, but found '" + line + "'");
            final String key = setting.group(1);
            check(node.settings().stream().noneMatch(s -> s.key().equals(key)), "the setting '" + key + "' comes twice");
            node.settings().add(new Setting(m_line, key, setting.group(2) == null ? null : text(setting.group(2)), setting.group(3)));
        }
    }

    private void checkSources() throws WorkflowTextException {
        for (final NodeText node : m_nodes) {
            for (final Source source : node.inputs()) {
                if (source != null && !m_ids.contains(source.node())) {
                    throw new WorkflowTextException(node.line(), "there is no node " + source.node());
                }
            }
        }
    }

    private int number(final String digits) throws WorkflowTextException {
        check(digits.length() < 10, "the number " + digits + " is too large");
        return Integer.parseInt(digits);
    }

    /** @return what a line means: quotes keep blanks at the ends, {@code \n} is a new line, {@code \\} a backslash */
    private String text(final String written) throws WorkflowTextException {
        final boolean quoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
        final String text = quoted ? written.substring(1, written.length() - 1) : written;
        final var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++; // NOSONAR a pair is read at once
                check(i < text.length() && "n\\".indexOf(text.charAt(i)) >= 0, "a backslash stands only before n or another backslash");
                plain.append(text.charAt(i) == 'n' ? '\n' : '\\');
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    private void check(final boolean holds, final String problem) throws WorkflowTextException {
        if (!holds) {
            throw new WorkflowTextException(m_line, problem);
        }
    }
}
