package org.spectralsignatures.host.parameters;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.migration.Migrate;

/** Saves and loads settings as KNIME does: an entry a field, its name without the prefix {@code m_}; nested groups as sub trees. */
public final class ParametersPersistence {

    private ParametersPersistence() {
    }

    /** @return new settings with their defaults */
    public static <P extends NodeParameters> P create(final Class<P> type) {
        try {
            final Constructor<P> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The settings '" + type.getName() + "' need a constructor without arguments.", e);
        }
    }

    private static List<Field> fields(final Class<?> type) {
        final var fields = new ArrayList<Field>();
        if (type.getSuperclass() != null) {
            fields.addAll(fields(type.getSuperclass()));
        }
        Arrays.stream(type.getDeclaredFields()).filter(f -> !Modifier.isStatic(f.getModifiers()) && !Modifier.isTransient(f.getModifiers()))
            .forEach(f -> {
                f.setAccessible(true);
                fields.add(f);
            });
        return fields;
    }

    private static String key(final Field field) {
        return field.getName().startsWith("m_") ? field.getName().substring(2) : field.getName();
    }

    /** Writes settings. */
    public static void save(final NodeParameters parameters, final NodeSettingsWO settings) {
        for (Field field : fields(parameters.getClass())) {
            final Object value;
            try {
                value = field.get(parameters);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
            final String key = key(field);
            if (value instanceof Integer number) {
                settings.addInt(key, number);
            } else if (value instanceof Long number) {
                settings.addLong(key, number);
            } else if (value instanceof Double number) {
                settings.addDouble(key, number);
            } else if (value instanceof Boolean flag) {
                settings.addBoolean(key, flag);
            } else if (value instanceof NodeParameters group) {
                save(group, settings.addNodeSettings(key));
            } else if (value instanceof String[] texts) {
                settings.addStringArray(key, texts);
            } else if (field.getType() == String.class) {
                settings.addString(key, (String)value);
            } else if (field.getType().isEnum()) {
                settings.addString(key, value == null ? null : ((Enum<?>)value).name());
            } else {
                throw new IllegalStateException("Settings of type " + field.getType().getName() + " are not persisted.");
            }
        }
    }

    /**
     * @return the settings; those that may be absent keep their defaults
     * @throws InvalidSettingsException if another one is missing, of another type or no value of its enum
     */
    public static <P extends NodeParameters> P load(final Class<P> type, final NodeSettingsRO settings) throws InvalidSettingsException {
        final P parameters = create(type);
        for (Field field : fields(type)) {
            final Migrate migration = field.getAnnotation(Migrate.class);
            if (migration != null && migration.loadDefaultIfAbsent() && !settings.containsKey(key(field))) {
                continue;
            }
            try {
                field.set(parameters, value(field, settings));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return parameters;
    }

    private static Object value(final Field field, final NodeSettingsRO settings) throws InvalidSettingsException {
        final Class<?> type = field.getType();
        final String key = key(field);
        if (type == int.class) {
            return settings.getInt(key);
        } else if (type == long.class) {
            return settings.getLong(key);
        } else if (type == double.class) {
            return settings.getDouble(key);
        } else if (type == boolean.class) {
            return settings.getBoolean(key);
        } else if (type == String.class) {
            return settings.getString(key);
        } else if (type == String[].class) {
            return settings.getStringArray(key);
        } else if (NodeParameters.class.isAssignableFrom(type)) {
            return load(type.asSubclass(NodeParameters.class), settings.getNodeSettings(key));
        } else if (type.isEnum()) {
            return constant(type, key, settings.getString(key));
        }
        throw new IllegalStateException("Settings of type " + type.getName() + " are not persisted.");
    }

    private static Object constant(final Class<?> type, final String key, final String name) throws InvalidSettingsException {
        final List<String> names = Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>)c).name()).toList();
        if (name == null) {
            return null;
        }
        if (!names.contains(name)) {
            throw new InvalidSettingsException("Setting '" + key + "': '" + name + "' is none of " + String.join(", ", names) + ".");
        }
        return type.getEnumConstants()[names.indexOf(name)];
    }
}
