package org.knime.core.node.workflow;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which node a thread works for. */
public final class NodeContext {

    private static final ThreadLocal<Deque<NodeContext>> STACK = ThreadLocal.withInitial(ArrayDeque::new);

    private final NodeContainer m_container;

    private NodeContext(final NodeContainer container) {
        m_container = container;
    }

    /** @return what the calling thread works for, null if for no node */
    public static NodeContext getContext() {
        return STACK.get().peek();
    }

    /** @return the node */
    public NodeContainer getNodeContainer() {
        return m_container;
    }

    /** @param nodeContainer what the calling thread works for from now on */
    public static void pushContext(final NodeContainer nodeContainer) {
        STACK.get().push(new NodeContext(nodeContainer));
    }

    /** The calling thread works for what it worked for before. */
    public static void removeLastContext() {
        final Deque<NodeContext> stack = STACK.get();
        if (stack.isEmpty()) {
            throw new IllegalStateException("The thread works for no node.");
        }
        stack.pop();
        if (stack.isEmpty()) {
            STACK.remove();
        }
    }
}
