package org.spectralsignatures.nodes.settings;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.swing.tree.TreeNode;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.migration.NodeParametersMigration;

/**
 * Loads the settings of a saved workflow without refusing any: what has another type, is no choice or is absent is noted, for
 * the node to say when it is configured. Settings that come from a dialog are left to KNIME.
 *
 * @param <P> type of the settings; each of its fields is an entry, named without {@code m_}
 */
public abstract class SavedSettings<P extends CheckedParameters> implements NodeParametersMigration<P> {

    private final Class<P> m_type;

    /** @param type of the settings */
    protected SavedSettings(final Class<P> type) {
        m_type = type;
    }

    @Override
    public final List<ConfigMigration<P>> getConfigMigrations() {
        return List.of(ConfigMigration.builder(this::load).withMatcher(settings -> !isFromDialog(settings)).build());
    }

    /** A dialog hands over the settings as a part of a tree that is no saved node, which always names its factory. */
    private static boolean isFromDialog(final NodeSettingsRO settings) {
        return settings instanceof TreeNode tree && tree.getParent() instanceof NodeSettingsRO parent && !parent.containsKey("factory");
    }

    private P load(final NodeSettingsRO settings) {
        try {
            final P parameters = instance(m_type);
            final var unreadable = new ArrayList<String>();
            for (Field field : m_type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    field.setAccessible(true); // NOSONAR
                    load(field, parameters, settings, unreadable);
                }
            }
            parameters.saved(unreadable);
            return parameters;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The settings '" + m_type.getName() + "' cannot be made.", e);
        }
    }

    private static <T> T instance(final Class<T> type) throws ReflectiveOperationException {
        final var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true); // NOSONAR as KNIME does
        return constructor.newInstance();
    }

    private static void load(final Field field, final Object parameters, final NodeSettingsRO settings, final List<String> unreadable)
        throws ReflectiveOperationException {
        final String key = field.getName().substring("m_".length());
        final String name = "The setting '%s' (%s)".formatted(field.getAnnotation(Widget.class).title(), key);
        if (!settings.containsKey(key)) {
            if (!absent(field, parameters)) {
                unreadable.add(name + " is missing from the saved workflow.");
            }
            return;
        }
        try {
            field.set(parameters, value(field.getType(), settings, key));
        } catch (InvalidSettingsException e) { // NOSONAR the other message is for users
            unreadable.add("%s is %s in the saved workflow, but must be %s.".formatted(name, text(settings, key), kind(field.getType())));
        }
    }

    /**
     * A setting that is newer than the saved workflow: it keeps its default ({@link Migrate}), or gets the value that nodes behaved by
     * before there was such a setting ({@link DefaultProvider}).
     *
     * @return whether it may be absent
     */
    private static boolean absent(final Field field, final Object parameters) throws ReflectiveOperationException {
        final Migration migration = field.getAnnotation(Migration.class);
        if (migration != null && instance(migration.value()) instanceof DefaultProvider<?> before) {
            field.set(parameters, before.getDefault());
            return true;
        }
        final Migrate later = field.getAnnotation(Migrate.class);
        return later != null && later.loadDefaultIfAbsent();
    }

    private static Object value(final Class<?> type, final NodeSettingsRO settings, final String key) throws InvalidSettingsException {
        if (type == int.class) {
            return settings.getInt(key);
        } else if (type == long.class) {
            return settings.getLong(key);
        } else if (type == double.class) {
            return settings.getDouble(key);
        } else if (type == boolean.class) {
            return settings.getBoolean(key);
        } else if (type == String[].class) {
            return settings.getStringArray(key);
        }
        final String text = settings.getString(key);
        if (text == null) {
            throw new InvalidSettingsException("null");
        }
        return type.isEnum() ? Arrays.stream(type.getEnumConstants()).filter(c -> ((Enum<?>)c).name().equals(text)).findFirst()
            .orElseThrow(() -> new InvalidSettingsException(text)) : text;
    }

    private static String kind(final Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>)c).name()).toList());
        }
        return type == int.class || type == long.class ? "a whole number (%s)".formatted(type.getName())
            : type == double.class ? "a number (double)" : type == boolean.class ? "true or false" : type == String.class ? "a text" : "a list of texts";
    }

    private interface Reader {
        Object read(String key) throws InvalidSettingsException;
    }

    /** The value, of whatever type it is. */
    private static String text(final NodeSettingsRO settings, final String key) {
        for (Reader reader : List.<Reader>of(settings::getString, settings::getInt, settings::getLong, settings::getDouble, settings::getBoolean)) {
            try {
                final Object value = reader.read(key);
                return value == null ? "null" : "'" + value + "'";
            } catch (InvalidSettingsException e) { // NOSONAR it is of another type
                // the next reader may know it
            }
        }
        return "of another kind";
    }
}
