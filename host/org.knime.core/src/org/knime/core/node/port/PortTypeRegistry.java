package org.knime.core.node.port;

import java.util.HashMap;
import java.util.Map;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.Platform;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
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
            final IConfigurationElement element = element("objectClass", portClass.getName());
            return new PortType(portClass, create(element, "specClass", PortObjectSpec.class), isOptional, element.getAttribute("name"));
        });
    }

    private static IConfigurationElement element(final String attribute, final String className) {
        final IExtensionRegistry registry = Platform.getExtensionRegistry();
        if (registry != null) {
            for (IConfigurationElement element : registry.getConfigurationElementsFor(EXTENSION_POINT)) {
                if (className.equals(element.getAttribute(attribute))) {
                    return element;
                }
            }
        }
        throw new IllegalStateException("No extension at " + EXTENSION_POINT + " registers '" + className + "'.");
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

    /** @return what writes and reads objects of a class */
    @SuppressWarnings("unchecked")
    public PortObject.PortObjectSerializer<PortObject> serializer(final Class<? extends PortObject> objectClass) {
        return (PortObject.PortObjectSerializer<PortObject>)executable(element("objectClass", objectClass.getName()), "objectSerializer");
    }

    /** @return what writes and reads specs of a class */
    @SuppressWarnings("unchecked")
    public PortObjectSpec.PortObjectSpecSerializer<PortObjectSpec> specSerializer(final Class<? extends PortObjectSpec> specClass) {
        return (PortObjectSpec.PortObjectSpecSerializer<PortObjectSpec>)executable(element("specClass", specClass.getName()), "specSerializer");
    }

    private static Object executable(final IConfigurationElement element, final String attribute) {
        try {
            return element.createExecutableExtension(attribute);
        } catch (CoreException e) {
            throw new IllegalStateException("The " + attribute + " '" + element.getAttribute(attribute) + "' cannot be made: " + e.getMessage(), e);
        }
    }

    /** @return whether objects of the class are tables, which are passed on as they are */
    public static boolean isTable(final PortObject object) {
        return object instanceof BufferedDataTable;
    }
}
