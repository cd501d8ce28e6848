package org.spectralsignatures.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster of two workers of which one is killed in the middle, nothing is lost, and every bit is that of one machine. */
class KilledWorkerTest {

    @Test
    void nothingIsLostWithAWorker(@TempDir final Path folder) throws Exception {
        final var set = new TestSet();
        set.addClass("a", 3000, 64, .05, 1);
        set.addClass("b", 1500, 64, 0, 2);
        set.add("only", "c", set.vectors().get(7));
        final String vectors = set.mixed().write(LocalSpark.get(), folder.resolve("vectors"), 10);
        LocalSpark.run(ScoreCommand::run, vectors, folder.resolve("here").toString());
        try (var cluster = new LoopbackCluster(folder)) {
            final Process driver = cluster.java("driver", List.of("-Xmx500m", "-Dspark.master=" + cluster.address(), "-Dspark.driver.host=127.0.0.1",
                "-Dspark.executor.memory=600m", "-Dspark.ui.enabled=false", "-Dspark.sql.shuffle.partitions=3", "-Dspark.sql.adaptive.enabled=false",
                "-Dspark.executor.extraClassPath=" + Path.of("target/classes").toAbsolutePath()),
                SparkTool.class.getName(), "score", vectors, folder.resolve("there").toString());
            cluster.await("driver", "Pass 4 over the rows");
            assertTrue(driver.isAlive());
            cluster.killWorker(1);
            assertTrue(driver.waitFor(15, TimeUnit.MINUTES));
            assertEquals(0, driver.exitValue(), cluster.log("driver"));
            assertTrue(cluster.log("driver").contains("Lost executor"), cluster.log("driver"));
        }
        final Map<String, Row> here = LocalSpark.byId(folder.resolve("here/scores"));
        assertEquals(4501, here.size());
        assertEquals(here, LocalSpark.byId(folder.resolve("there/scores")));
        assertEquals(LocalSpark.byLabel(folder.resolve("here/classes")), LocalSpark.byLabel(folder.resolve("there/classes")));
    }
}
