package org.spectralsignatures.spark.scale;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** What a computation costs: time, time of the tasks, bytes that went from one machine to another, bytes read and spilled. */
final class Meter extends SparkListener {

    private final AtomicLong taskMillis = new AtomicLong();

    private final AtomicLong cpuNanos = new AtomicLong();

    private final AtomicLong shuffled = new AtomicLong();

    private final AtomicLong read = new AtomicLong();

    private final AtomicLong results = new AtomicLong();

    private final AtomicInteger jobs = new AtomicInteger();

    private long start = System.nanoTime();

    @Override
    public void onJobStart(final SparkListenerJobStart job) {
        jobs.incrementAndGet();
    }

    @Override
    public void onTaskEnd(final SparkListenerTaskEnd task) {
        final TaskMetrics metrics = task.taskMetrics();
        if (metrics != null) {
            taskMillis.addAndGet(metrics.executorRunTime());
            cpuNanos.addAndGet(metrics.executorCpuTime());
            shuffled.addAndGet(metrics.shuffleWriteMetrics().bytesWritten());
            read.addAndGet(metrics.inputMetrics().bytesRead());
            results.addAndGet(metrics.resultSize());
        }
    }

    /** @return a line of figures since the last call */
    String line(final String what) throws InterruptedException {
        final double seconds = (System.nanoTime() - start) * 1e-9;
        Thread.sleep(2000); // the listener hears of tasks a little later
        final String line = String.format(Locale.ROOT, "%s | %.1f s | %.1f s tasks | %.1f s processor | %d jobs | %.1f MB shuffled | %.1f MB read | %.1f MB to the"
            + " driver | load %.1f", what, seconds, taskMillis.getAndSet(0) * 1e-3, cpuNanos.getAndSet(0) * 1e-9, jobs.getAndSet(0),
            shuffled.getAndSet(0) / 1e6, read.getAndSet(0) / 1e6, results.getAndSet(0) / 1e6,
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        start = System.nanoTime();
        return line;
    }
}
