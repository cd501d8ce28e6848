package org.spectralsignatures.host.workflow;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.Config;

/** Which flow variables enter or leave a component, as its input and output node say: by name or by a pattern. */
final class VariableFilter {

    private VariableFilter() {
    }

    /**
     * @param model settings of a component's input or output node
     * @return those of the variables that pass
     * @throws InvalidSettingsException if the settings are damaged
     */
    static Map<String, WorkflowVariable> apply(final Config model, final Map<String, WorkflowVariable> variables) throws InvalidSettingsException {
        final Config filter = model.getConfig("variable-filter");
        final Predicate<String> passes = switch (String.valueOf(filter.getString("filter-type"))) {
            case "STANDARD" -> names(filter);
            case "name_pattern" -> pattern(filter.getConfig("name_pattern"));
            default -> throw new InvalidSettingsException("Flow variables are chosen by '" + filter.getString("filter-type") + "', which the host does not know.");
        };
        final var chosen = new LinkedHashMap<String, WorkflowVariable>();
        try {
            variables.forEach((name, variable) -> {
                if (passes.test(name)) {
                    chosen.put(name, variable);
                }
            });
        } catch (IllegalStateException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
        return chosen;
    }

    /** A name that a pattern may look at only so often: some patterns would never come to an end. */
    private static final class Limited implements CharSequence {

        private static final int MOST = 1_000_000;

        private final String m_name;

        private int m_looks;

        Limited(final String name) {
            m_name = name;
        }

        @Override
        public char charAt(final int index) {
            if (++m_looks > MOST) {
                throw new IllegalStateException("The pattern for flow variables takes too long with the variable '" + m_name + "'.");
            }
            return m_name.charAt(index);
        }

        @Override
        public int length() {
            return m_name.length();
        }

        @Override
        public CharSequence subSequence(final int start, final int end) {
            return m_name.substring(start, end);
        }
    }

    /** What is in neither list, since it came later, passes if the exclusion is enforced. */
    private static Predicate<String> names(final Config filter) throws InvalidSettingsException {
        final List<String> included = Arrays.asList(filter.getStringArray("included_names"));
        final List<String> excluded = Arrays.asList(filter.getStringArray("excluded_names"));
        return switch (String.valueOf(filter.getString("enforce_option"))) {
            case "EnforceInclusion" -> included::contains;
            case "EnforceExclusion" -> name -> !excluded.contains(name);
            default -> throw new InvalidSettingsException("'" + filter.getString("enforce_option") + "' is no way to choose flow variables.");
        };
    }

    private static Predicate<String> pattern(final Config filter) throws InvalidSettingsException {
        final String text = String.valueOf(filter.getString("pattern"));
        final String regex = "Wildcard".equals(filter.getString("type")) ? wildcard(text) : text;
        final boolean exclude = filter.getBoolean("excludeMatching", false);
        try {
            final Pattern compiled = Pattern.compile(regex, filter.getBoolean("caseSensitive") ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            return name -> compiled.matcher(new Limited(name)).matches() != exclude;
        } catch (PatternSyntaxException e) {
            throw new InvalidSettingsException("'" + text + "' is no pattern for flow variables.", e);
        }
    }

    private static String wildcard(final String text) {
        final var regex = new StringBuilder();
        text.codePoints().forEach(c -> regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
        return regex.toString();
    }
}
