package org.spectralsignatures.spark.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.Session;
import org.spectralsignatures.network.NetworkDescription;
import org.spectralsignatures.network.RunnableNetwork;

/** A task that looks at images alone opens no network. */
class LateNetworkTest {

    private final List<String> heard = new ArrayList<>();

    private RunnableNetwork opened() {
        heard.add("opened");
        return new RunnableNetwork() {
            @Override
            public NetworkDescription description() {
                heard.add("description");
                return null;
            }

            @Override
            public Session session() {
                heard.add("session");
                return null;
            }

            @Override
            public void close() {
                heard.add("closed");
            }
        };
    }

    @Test
    void itIsOpenedWhenItIsAskedAndOnce() {
        try (var network = new LateNetwork(this::opened)) {
            assertEquals(List.of(), heard);
            network.session();
            network.description();
        }
        assertEquals(List.of("opened", "session", "description", "closed"), heard);
    }

    @Test
    void whatWasNotOpenedIsNotClosed() {
        new LateNetwork(this::opened).close();
        assertEquals(List.of(), heard);
    }
}
