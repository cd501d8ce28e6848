package org.spectralsignatures.spark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A standalone cluster of Spark on this machine's loopback: a master and two workers of one core each, every one a process. */
final class LoopbackCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Path folder;

    private final int port;

    private final List<Process> processes = new ArrayList<>();

    private final List<Process> workers = new ArrayList<>();

    LoopbackCluster(final Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        // a home as the workers expect one: they start executors from its jars
        final Path jars = Files.createDirectories(folder.resolve("home/jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                final Path link = jars.resolve(Path.of(entry).getFileName());
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, Path.of(entry));
                }
            }
        }
        boolean complete = false;
        try {
            java("master", List.of("-Xmx300m"), "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", Integer.toString(port), "--webui-port", "0");
            await("master", "New state: ALIVE");
            for (String name : List.of("worker1", "worker2")) {
                workers.add(java(name, List.of("-Xmx300m"), "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "700m",
                    "--webui-port", "0", "--work-dir", folder.resolve("work-" + name).toString(), address()));
                await(name, "Successfully registered with master");
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    String address() {
        return "spark://127.0.0.1:" + port;
    }

    /** Starts a process whose output goes into a file of its name. */
    Process java(final String name, final List<String> options, final String... mainAndArguments) throws IOException {
        final List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.net.preferIPv4Stack=true",
            "-Dlog4j2.configurationFile=" + Path.of("src/test/cluster-log4j2.properties").toUri()));
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(a -> a.startsWith("--add-opens")).toList());
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        words.addAll(Arrays.asList(mainAndArguments));
        final var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", scala.util.Properties.versionNumberString().replaceFirst("\\.[0-9]+$", ""));
        final Process process = builder.start();
        processes.add(process);
        return process;
    }

    String log(final String name) throws IOException {
        final Path file = folder.resolve(name + ".log");
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    /** Waits until the log of a process says something. */
    void await(final String name, final String text) throws IOException, InterruptedException {
        final Instant end = Instant.now().plus(PATIENCE);
        while (!log(name).contains(text)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("'%s' never said '%s':%n%s".formatted(name, text, log(name)));
            }
            Thread.sleep(50);
        }
    }

    /** Kills a worker and the executors that it started, as when a machine goes. */
    void killWorker(final int index) throws InterruptedException {
        final Process worker = workers.get(index);
        final List<ProcessHandle> executors = worker.descendants().toList();
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
        worker.waitFor(10, TimeUnit.SECONDS);
        if (executors.isEmpty()) {
            throw new IllegalStateException("The worker had no executor.");
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        for (Process process : processes) {
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }
}
