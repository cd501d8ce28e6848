package org.spectralsignatures.host.workflow;

import java.util.List;
import java.util.Locale;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.Config;
import org.spectralsignatures.host.settings.ConfigAccess;
import org.spectralsignatures.host.settings.ConfigAccess.Entry;
import org.spectralsignatures.host.text.NearestName;

/**
 * A flow variable.
 *
 * @param name by which settings refer to it
 * @param type STRING, INTEGER, LONG, DOUBLE or BOOLEAN; another one of KNIME's types can pass by but sets nothing
 * @param value as text, as Java writes it; null for another type
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
            default -> throw new IllegalArgumentException("'" + type + "' is no type: use String, int, long, double or boolean"
                + NearestName.suggestion(type, List.of("String", "int", "long", "double", "boolean")));
        };
        try {
            return new WorkflowVariable(name, normal, switch (normal) {
                case "INTEGER" -> Integer.toString(Integer.parseInt(value));
                case "LONG" -> Long.toString(Long.parseLong(value));
                case "DOUBLE" -> Double.toString(Double.parseDouble(value));
                case "BOOLEAN" -> Boolean.toString(bool(name, value));
                default -> value;
            });
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' of '" + name + "' is no " + type + ".", e);
        }
    }

    private static boolean bool(final String name, final String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("'" + value + "' of '" + name + "' is neither true nor false.");
        }
        return Boolean.parseBoolean(value);
    }

    /**
     * @param saved what KNIME saved of a variable: name, class and value
     * @throws InvalidSettingsException if it is damaged
     */
    static WorkflowVariable load(final Config saved) throws InvalidSettingsException {
        final String name = saved.getString("name");
        final String type = saved.getString("class");
        if (name == null || type == null) {
            throw new InvalidSettingsException("A flow variable has no name or class.");
        }
        if (!type.matches("STRING|INTEGER|LONG|DOUBLE|BOOLEAN")) {
            return new WorkflowVariable(name, type, null);
        }
        if (!(ConfigAccess.child(saved, "value") instanceof Entry entry) || entry.value() == null) {
            throw new InvalidSettingsException("The flow variable '" + name + "' has no value.");
        }
        try {
            return parse(name, entry.value(), type);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    /** @return a variable with the value of a setting; null if the setting is none that a variable can have */
    static WorkflowVariable expose(final String name, final Object setting) {
        if (!(setting instanceof Entry entry) || entry.value() == null) {
            return null;
        }
        return switch (entry.type()) {
            case "xstring", "xchar" -> new WorkflowVariable(name, "STRING", entry.value());
            case "xint", "xshort", "xbyte" -> parse(name, entry.value(), "int");
            case "xlong" -> parse(name, entry.value(), "long");
            case "xdouble", "xfloat" -> parse(name, entry.value(), "double");
            case "xboolean" -> parse(name, entry.value(), "boolean");
            default -> null;
        };
    }

    /** @return the same value by another name */
    WorkflowVariable withName(final String newName) {
        return new WorkflowVariable(newName, type, value);
    }

    /**
     * Overwrites a setting, keeping its type. An array becomes one of length 1.
     *
     * @throws IllegalArgumentException if the setting does not exist or cannot take this type
     */
    public void overwrite(final Config settings, final String key) {
        final Object old = ConfigAccess.child(settings, key);
        if (old == null) {
            throw new IllegalArgumentException("There is no setting '" + key + "' for the variable '" + name + "'.");
        }
        if (old instanceof Config array) {
            if (!(ConfigAccess.child(array, "array-size") instanceof Entry) || !(ConfigAccess.child(array, "0") instanceof Entry element)) {
                throw new IllegalArgumentException("The variable '" + name + "' (" + type + ") cannot set '" + key + "', which is a group of settings.");
            }
            final String converted = convert(key, element.type());
            final Config replaced = settings.addConfig(key);
            replaced.addInt("array-size", 1);
            ConfigAccess.put(replaced, "0", element.type(), converted);
        } else {
            final String entryType = ((Entry)old).type();
            ConfigAccess.put(settings, key, entryType, convert(key, entryType));
        }
    }

    /** @return the value as an entry of this type has it */
    private String convert(final String key, final String entryType) {
        final boolean fits = value != null && switch (entryType) {
            case "xstring", "xtransientstring" -> true;
            case "xint" -> type.equals("INTEGER");
            case "xlong" -> type.equals("INTEGER") || type.equals("LONG");
            case "xdouble", "xfloat" -> type.equals("INTEGER") || type.equals("LONG") || type.equals("DOUBLE");
            case "xboolean" -> type.equals("BOOLEAN") || type.equals("STRING") && value.toLowerCase(Locale.ROOT).matches("true|false");
            default -> false;
        };
        if (!fits) {
            throw new IllegalArgumentException("The variable '" + name + "' (" + type + ") cannot set '" + key + "' (" + entryType.substring(1) + ").");
        }
        return switch (entryType) {
            case "xdouble" -> Double.toString(Double.parseDouble(value));
            case "xfloat" -> Float.toString(Float.parseFloat(value));
            case "xboolean" -> value.toLowerCase(Locale.ROOT);
            default -> value;
        };
    }
}
