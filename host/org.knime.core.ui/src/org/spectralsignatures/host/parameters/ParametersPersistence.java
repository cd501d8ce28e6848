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
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.migration.NodeParametersMigration;
import org.knime.node.parameters.migration.ParametersLoader;
import org.knime.node.parameters.persistence.Persist;

/** Saves and loads settings as KNIME does: an entry a field, its name without the prefix {@code m_}; nested groups as sub trees. */
public final class ParametersPersistence {

    /** What the keys of hidden settings end with. */
    private static final String INTERNAL = "_Internals";

    private ParametersPersistence() {
    }

    /** @return new settings with their defaults */
    public static <P extends NodeParameters> P create(final Class<P> type) {
        return instance(type);
    }

    private static <T> T instance(final Class<T> type) {
        try {
            final Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The class '" + type.getName() + "' needs a constructor without arguments.", e);
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

    static String key(final Field field) {
        final Persist persist = field.getAnnotation(Persist.class);
        final String name = field.getName().startsWith("m_") ? field.getName().substring(2) : field.getName();
        return persist == null ? name : (persist.configKey().isEmpty() ? name : persist.configKey()) + (persist.hidden() ? INTERNAL : "");
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
            final ValueType type = ValueType.of(field.getType());
            if (type != null) {
                type.save(settings, key, value);
            } else if (value instanceof NodeParameters group) {
                save(group, settings.addNodeSettings(key));
            } else {
                throw unknown(field.getType());
            }
        }
    }

    private static IllegalStateException unknown(final Class<?> type) {
        return new IllegalStateException("Settings of type " + type.getName() + " are not persisted by the host.");
    }

    /**
     * @return the settings; those that may be absent keep their defaults
     * @throws InvalidSettingsException if another one is missing, of another type or no value of its enum
     */
    public static <P extends NodeParameters> P load(final Class<P> type, final NodeSettingsRO settings) throws InvalidSettingsException {
        final ParametersLoader<P> migration = migration(type, settings);
        if (migration != null) {
            return migration.load(settings);
        }
        final P parameters = create(type);
        for (Field field : fields(type)) {
            try {
                if (settings.containsKey(key(field)) || !absent(field, parameters)) {
                    field.set(parameters, value(field, settings));
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return parameters;
    }

    /** @return whether a field may be absent; it then keeps its default, or has got the one of its migration */
    private static boolean absent(final Field field, final Object parameters) throws IllegalAccessException {
        final Migration migration = field.getAnnotation(Migration.class);
        if (migration != null) {
            if (!(instance(migration.value()) instanceof DefaultProvider<?> provider)) {
                throw new IllegalStateException("Migrations of fields are not known to the host, but for DefaultProvider.");
            }
            field.set(parameters, provider.getDefault());
            return true;
        }
        final Migrate later = field.getAnnotation(Migrate.class);
        return later != null && later.loadDefaultIfAbsent();
    }

    /** @return what loads settings that are in another form, null if they are not */
    @SuppressWarnings("unchecked")
    private static <P extends NodeParameters> ParametersLoader<P> migration(final Class<P> type, final NodeSettingsRO settings) {
        final Migration migration = type.getAnnotation(Migration.class);
        if (migration != null) {
            for (ConfigMigration<P> form : ((NodeParametersMigration<P>)instance(migration.value())).getConfigMigrations()) {
                if (form.getMatcher().test(settings)) {
                    return form.getLoader();
                }
            }
        }
        return null;
    }

    private static Object value(final Field field, final NodeSettingsRO settings) throws InvalidSettingsException {
        final Class<?> type = field.getType();
        final String key = key(field);
        final ValueType valueType = ValueType.of(type);
        if (valueType != null) {
            return valueType.load(settings, key, type);
        } else if (NodeParameters.class.isAssignableFrom(type)) {
            return load(type.asSubclass(NodeParameters.class), settings.getNodeSettings(key));
        }
        throw unknown(type);
    }
}
