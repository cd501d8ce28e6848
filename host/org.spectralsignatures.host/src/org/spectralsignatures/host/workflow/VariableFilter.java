package org.spectralsignatures.host.workflow;

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
        variables.forEach((name, variable) -> {
            if (passes.test(name)) {
                chosen.put(name, variable);
            }
        });
        return chosen;
    }

    /** What is in neither list, since it came later, passes if the exclusion is enforced. */
    private static Predicate<String> names(final Config filter) throws InvalidSettingsException {
        final List<String> included = List.of(filter.getStringArray("included_names"));
        final List<String> excluded = List.of(filter.getStringArray("excluded_names"));
        return switch (String.valueOf(filter.getString("enforce_option"))) {
            case "EnforceInclusion" -> included::contains;
            case "EnforceExclusion" -> name -> !excluded.contains(name);
            default -> throw new InvalidSettingsException("'" + filter.getString("enforce_option") + "' is no way to choose flow variables.");
        };
    }

    private static Predicate<String> pattern(final Config filter) throws InvalidSettingsException {
        final String text = filter.getString("pattern");
        final String regex = "Wildcard".equals(filter.getString("type")) ? wildcard(text) : text;
        final boolean exclude = filter.getBoolean("excludeMatching", false);
        try {
            final Predicate<String> matches = Pattern.compile(regex, filter.getBoolean("caseSensitive") ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .asMatchPredicate();
            return exclude ? matches.negate() : matches;
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
