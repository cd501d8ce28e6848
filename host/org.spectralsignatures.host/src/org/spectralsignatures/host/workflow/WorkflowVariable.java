package org.spectralsignatures.host.workflow;

import java.util.Locale;

import org.knime.core.node.config.Config;

/**
 * A flow variable of a workflow.
 *
 * @param name by which settings refer to it
 * @param type STRING, INTEGER, LONG, DOUBLE or BOOLEAN
 * @param value as text
 */
public record WorkflowVariable(String name, String type, String value) {

    /**
     * @param type as a user writes it: String, int, double ...
     * @return the type as it is saved
     * @throws IllegalArgumentException if there is no such type or the value is none of it
     */
    public static WorkflowVariable parse(final String name, final String value, final String type) {
        final String normal = switch (type.toLowerCase(Locale.ROOT)) {
            case "string" -> "STRING";
            case "int", "integer" -> "INTEGER";
            case "long" -> "LONG";
            case "double" -> "DOUBLE";
            case "boolean" -> "BOOLEAN";
            default -> throw new IllegalArgumentException("'" + type + "' is no type: use String, int, long, double or boolean.");
        };
        try {
            switch (normal) {
                case "INTEGER" -> Integer.parseInt(value);
                case "LONG" -> Long.parseLong(value);
                case "DOUBLE" -> Double.parseDouble(value);
                default -> { /* any text */ }
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' of '" + name + "' is no " + type + ".", e);
        }
        return new WorkflowVariable(name, normal, value);
    }

    /**
     * Overwrites a setting, keeping its type.
     *
     * @throws IllegalArgumentException if the setting does not exist or cannot take this type
     */
    public void overwrite(final Config settings, final String key) {
        if (!(settings.child(key) instanceof Config.Entry entry)) {
            throw new IllegalArgumentException("There is no setting '" + key + "' for the variable '" + name + "'.");
        }
        final boolean fits = switch (entry.type()) {
            case "xstring" -> true;
            case "xint" -> type.equals("INTEGER");
            case "xlong" -> type.equals("INTEGER") || type.equals("LONG");
            case "xdouble" -> type.equals("INTEGER") || type.equals("LONG") || type.equals("DOUBLE");
            case "xboolean" -> type.equals("BOOLEAN") || type.equals("STRING") && value.matches("true|false");
            default -> false;
        };
        if (!fits) {
            throw new IllegalArgumentException("The variable '" + name + "' (" + type + ") cannot set '" + key + "' (" + entry.type().substring(1) + ").");
        }
        settings.addEntry(key, entry.type(), value);
    }
}
