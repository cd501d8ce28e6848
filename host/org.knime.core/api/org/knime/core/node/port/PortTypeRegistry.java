package org.knime.core.node.port;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.Platform;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;
import org.osgi.framework.Bundle;

/** All kinds of ports, from the extension point {@code org.knime.core.PortType}. */
public final class PortTypeRegistry {

    private static final String EXTENSION_POINT = "org.knime.core.PortType";

    private static final PortTypeRegistry INSTANCE = new PortTypeRegistry();

    private final Map<String, PortType> m_types = new HashMap<>();

    private PortTypeRegistry() {
    }

    /** @return the one registry */
    public static PortTypeRegistry getInstance() {
        return INSTANCE;
    }

    /** @return the type of ports for a class of objects */
    public PortType getPortType(final Class<? extends PortObject> portClass) {
        return getPortType(portClass, false);
    }

    /**
     * @return the type of ports for a class of objects, possibly optional
     * @throws IllegalStateException if no extension registers the class
     */
    public synchronized PortType getPortType(final Class<? extends PortObject> portClass, final boolean isOptional) {
        return m_types.computeIfAbsent(portClass.getName() + isOptional, k -> {
            if (portClass.getName().equals("org.knime.core.node.BufferedDataTable")) {
                return new PortType(portClass, DataTableSpec.class, isOptional, "Table");
            }
            final IConfigurationElement element = find("objectClass", portClass.getName()).orElseThrow(
                () -> new IllegalStateException("No extension at " + EXTENSION_POINT + " registers '" + portClass.getName() + "'."));
            return new PortType(portClass, create(element, "specClass", PortObjectSpec.class), isOptional, element.getAttribute("name"));
        });
    }

    private static Optional<IConfigurationElement> find(final String attribute, final String className) {
        final IExtensionRegistry registry = Platform.getExtensionRegistry();
        return registry == null ? Optional.empty() : Arrays.stream(registry.getConfigurationElementsFor(EXTENSION_POINT))
            .filter(e -> className.equals(e.getAttribute(attribute))).findFirst();
    }

    private static <T> Class<? extends T> create(final IConfigurationElement element, final String attribute, final Class<T> type) {
        final String name = element.getAttribute(attribute);
        try {
            return bundle(element).loadClass(name).asSubclass(type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The class '" + name + "' that " + element.getContributor().getName() + " registers does not exist.", e);
        }
    }

    private static Bundle bundle(final IConfigurationElement element) {
        return Platform.getBundle(element.getContributor().getName());
    }

    /** @return what writes and reads objects of a class, empty if no extension registers it */
    @SuppressWarnings("unchecked")
    public Optional<PortObjectSerializer<PortObject>> getObjectSerializer(final Class<? extends PortObject> objectClass) {
        return find("objectClass", objectClass.getName()).map(e -> (PortObjectSerializer<PortObject>)executable(e, "objectSerializer"));
    }

    /** @return what writes and reads specs of a class, empty if no extension registers it */
    @SuppressWarnings("unchecked")
    public Optional<PortObjectSpecSerializer<PortObjectSpec>> getSpecSerializer(final Class<? extends PortObjectSpec> specClass) {
        return find("specClass", specClass.getName()).map(e -> (PortObjectSpecSerializer<PortObjectSpec>)executable(e, "specSerializer"));
    }

    private static Object executable(final IConfigurationElement element, final String attribute) {
        try {
            return element.createExecutableExtension(attribute);
        } catch (CoreException e) {
            throw new IllegalStateException("The " + attribute + " '" + element.getAttribute(attribute) + "' cannot be made: " + e.getMessage(), e);
        }
    }
}
