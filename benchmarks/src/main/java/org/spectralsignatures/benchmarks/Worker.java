package org.spectralsignatures.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Runs tasks one at a time, as told on standard input, and answers each with the seconds of its steps: so that a script can
 * let it and another tool take turns on one machine. A line holds the task's name and its arguments, for example
 * {@code train 5 128 10}.
 */
public final class Worker {

    private Worker() {
    }

    /** A task with its state, kept between lines that begin with the same words but for the last, the number of steps. */
    interface Task {
        /** @return seconds that one step took */
        double step() throws Exception; // NOSONAR a benchmark may fail in any way
    }

    /**
     * Ends with the input.
     *
     * @param arguments none
     */
    public static void main(final String[] arguments) throws Exception {
        final PrintStream answers = System.out;
        System.setOut(System.err);
        final Map<String, Task> tasks = new HashMap<>();
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                final int last = line.lastIndexOf(' ');
                final String name = line.substring(0, last);
                Task task = tasks.get(name);
                if (task == null) {
                    task = Tasks.create(name.split(" "));
                    tasks.put(name, task);
                }
                final double[] seconds = new double[Integer.parseInt(line.substring(last + 1))];
                for (int i = 0; i < seconds.length; i++) {
                    seconds[i] = task.step();
                }
                answers.println(DoubleStream.of(seconds).mapToObj(Double::toString).collect(Collectors.joining(" ")));
                answers.flush();
            }
        }
    }
}
