package org.spectralsignatures.engine.cpu.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.cpu.Backend;

class LanesTest {

    @Test
    void eachImageLiesInOneLane() {
        try (var scope = Backend.enter()) {
            for (int images : new int[]{1, 5, 16, 17, 128, 250}) {
                final var lanes = new Lanes(images);
                final var visits = new AtomicIntegerArray(images);
                lanes.run(lane -> {
                    for (int i = lanes.first(lane); i < lanes.first(lane) + lanes.size(lane); i++) {
                        visits.incrementAndGet(i);
                    }
                });
                assertArrayEquals(IntStream.range(0, images).map(i -> 1).toArray(), IntStream.range(0, images).map(visits::get).toArray());
                assertEquals(images, lanes.first(lanes.count()));
            }
        }
    }

    @Test
    void anErrorInALaneReachesTheCaller() {
        try (var scope = Backend.enter()) {
            assertThrows(IllegalStateException.class, () -> new Lanes(8).run(lane -> {
                if (lane == 5) {
                    throw new IllegalStateException("lane 5");
                }
            }));
        }
    }
}
