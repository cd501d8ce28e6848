package org.spectralsignatures.host.parameters;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** How a value of one Java type is written as one entry or array of settings. */
final class ValueType {

    private interface Saver<T> {
        void save(NodeSettingsWO settings, String key, T value);
    }

    private interface Loader<T> {
        T load(NodeSettingsRO settings, String key) throws InvalidSettingsException;
    }

    private static final Map<Class<?>, ValueType> TYPES = Map.ofEntries(//
        of(int.class, NodeSettingsWO::addInt, NodeSettingsRO::getInt), //
        of(Integer.class, NodeSettingsWO::addInt, NodeSettingsRO::getInt), //
        of(long.class, NodeSettingsWO::addLong, NodeSettingsRO::getLong), //
        of(Long.class, NodeSettingsWO::addLong, NodeSettingsRO::getLong), //
        of(double.class, NodeSettingsWO::addDouble, NodeSettingsRO::getDouble), //
        of(Double.class, NodeSettingsWO::addDouble, NodeSettingsRO::getDouble), //
        of(float.class, NodeSettingsWO::addFloat, NodeSettingsRO::getFloat), //
        of(Float.class, NodeSettingsWO::addFloat, NodeSettingsRO::getFloat), //
        of(boolean.class, NodeSettingsWO::addBoolean, NodeSettingsRO::getBoolean), //
        of(Boolean.class, NodeSettingsWO::addBoolean, NodeSettingsRO::getBoolean), //
        of(String.class, NodeSettingsWO::addString, NodeSettingsRO::getString), //
        of(String[].class, NodeSettingsWO::addStringArray, NodeSettingsRO::getStringArray), //
        of(int[].class, NodeSettingsWO::addIntArray, NodeSettingsRO::getIntArray), //
        of(long[].class, NodeSettingsWO::addLongArray, NodeSettingsRO::getLongArray), //
        of(double[].class, NodeSettingsWO::addDoubleArray, NodeSettingsRO::getDoubleArray), //
        of(boolean[].class, NodeSettingsWO::addBooleanArray, NodeSettingsRO::getBooleanArray));

    /** The name of the constant. */
    private static final ValueType ENUM = new ValueType(//
        (settings, key, value) -> settings.addString(key, value == null ? null : ((Enum<?>)value).name()), NodeSettingsRO::getString);

    private final Saver<Object> m_saver;

    private final Loader<?> m_loader;

    private ValueType(final Saver<Object> saver, final Loader<?> loader) {
        m_saver = saver;
        m_loader = loader;
    }

    @SuppressWarnings("unchecked")
    private static <T> Map.Entry<Class<?>, ValueType> of(final Class<?> type, final Saver<T> saver, final Loader<T> loader) {
        return Map.entry(type, new ValueType((settings, key, value) -> saver.save(settings, key, (T)value), loader));
    }

    /** @return how values of a type are written, null if it is none of those */
    static ValueType of(final Class<?> type) {
        return type.isEnum() ? ENUM : TYPES.get(type);
    }

    void save(final NodeSettingsWO settings, final String key, final Object value) {
        m_saver.save(settings, key, value);
    }

    /**
     * @return the value
     * @throws InvalidSettingsException if it is absent, of another type or no constant of the enum
     */
    Object load(final NodeSettingsRO settings, final String key, final Class<?> type) throws InvalidSettingsException {
        final Object value = m_loader.load(settings, key);
        if (!type.isEnum()) {
            return value;
        }
        final List<String> names = Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>)c).name()).toList();
        if (!names.contains(value)) {
            throw new InvalidSettingsException("Setting '" + key + "': '" + value + "' is none of " + String.join(", ", names) + ".");
        }
        return type.getEnumConstants()[names.indexOf(value)];
    }
}
