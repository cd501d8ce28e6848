package org.spectralsignatures.engine.cuda.driver;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.spectralsignatures.engine.Engine;
import org.spectralsignatures.engine.EngineContract;
import org.spectralsignatures.engine.cuda.CudaEngines;
import org.spectralsignatures.engine.cuda.TestPlans;
import org.spectralsignatures.engine.cuda.Work;
import org.spectralsignatures.engine.cuda.device.Emulator;
import org.spectralsignatures.engine.cuda.kernels.KernelSource;

/**
 * A program that holds the engine on NVIDIA's libraries to the contract of all engines, without JUnit's launcher: on a card, or where there is none on
 * {@code fakecuda.cpp}, by {@code .ci/kernels}.
 */
public final class DriverCheck extends EngineContract {

    private static final int HOW_MUCH_IS_OPEN = 9999;

    private static final int WHETHER_IT_FAILED = 9998;

    private static final int WHETHER_IT_MAY_GO_UNHEARD = 9997;

    private static final int FAIL_ONCE = 1000;

    private static final int FAIL_ON = 2000;

    private static final int MOST = 999;

    private final Engine engine = CudaEngines.of(new NvidiaDevices(() -> "", () -> 0, () -> "device 0"));

    private DriverCheck() {
    }

    @Override
    protected Engine engine() {
        return engine;
    }

    /** @param arguments {@code sources FOLDER} to write what fakecuda.cpp includes, else nothing, or the names of the tests to run */
    public static void main(final String[] arguments) throws IOException, ReflectiveOperationException {
        if (arguments.length == 2 && arguments[0].equals("sources")) {
            Files.writeString(Path.of(arguments[1], "kernels.cu"), KernelSource.text());
            Files.writeString(Path.of(arguments[1], "kernels.h"), Emulator.definitions());
            return;
        }
        Loader.load(cudart.class);
        int failed = 0;
        for (Method test : tests()) {
            if (arguments.length == 0 || Arrays.asList(arguments).contains(test.getName())) {
                failed += run(test) ? 0 : 1;
            }
        }
        if (open() >= 0) {
            failEverywhere();
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    /** What is open, as fakecuda.cpp tells; -1 on a card, which knows no such question. */
    private static int open() {
        return ask(HOW_MUCH_IS_OPEN);
    }

    private static int ask(final int question) {
        try (var value = new IntPointer(1)) {
            final int status = cudart.cudaDeviceGetAttribute(value, question, 0);
            cudart.cudaGetLastError();
            return status == cudart.cudaSuccess ? value.get() : -1;
        }
    }

    /** Lets each call of NVIDIA's fail once, then each from some call on until the device is reset. */
    private static void failEverywhere() {
        final Engine engine = new DriverCheck().engine();
        for (int kind : new int[]{FAIL_ONCE, FAIL_ON}) {
            int calls = 0;
            boolean failed = true;
            while (failed) {
                cudart.cudaSetDevice(kind + calls);
                final boolean told = fails(engine);
                failed = ask(WHETHER_IT_FAILED) == 1;
                if (told && !failed) {
                    throw new IllegalStateException("A failure that was none, after " + calls + " calls.");
                }
                if (failed && !told && kind == FAIL_ONCE && ask(WHETHER_IT_MAY_GO_UNHEARD) != 1) {
                    throw new IllegalStateException("A failure that nobody was told of, after " + calls + " calls.");
                }
                cudart.cudaSetDevice(kind + MOST); // none fails
                if (kind == FAIL_ONCE && open() != 0) {
                    throw new IllegalStateException("After a failure at call " + calls + " there are open: " + open());
                }
                calls++;
                if (calls >= MOST) {
                    throw new IllegalStateException("There are too many calls.");
                }
            }
            Work.learn(engine, TestPlans.small());
            if (open() != 0) {
                throw new IllegalStateException("After failures there are open: " + open());
            }
            System.out.printf("passed failures at each of %d calls, %s%n", calls - 1, kind == FAIL_ONCE ? "once" : "from then on"); // NOSONAR a program
        }
    }

    private static boolean fails(final Engine engine) {
        try {
            Work.learn(engine, TestPlans.small());
            return false;
        } catch (IllegalStateException e) {
            if (!e.getMessage().startsWith("The GPU")) {
                throw e;
            }
            return true;
        }
    }

    private static List<Method> tests() {
        final var tests = new ArrayList<>(Arrays.asList(EngineContract.class.getDeclaredMethods()));
        tests.removeIf(method -> !method.isAnnotationPresent(Test.class));
        tests.sort(Comparator.comparing(Method::getName));
        return tests;
    }

    private static boolean run(final Method test) throws IllegalAccessException {
        test.setAccessible(true);
        final long start = System.nanoTime();
        try {
            test.invoke(new DriverCheck());
            System.out.printf("passed %s, %d ms%n", test.getName(), (System.nanoTime() - start) / 1_000_000); // NOSONAR a program
            return true;
        } catch (InvocationTargetException e) {
            System.out.printf("FAILED %s%n", test.getName()); // NOSONAR a program
            e.getCause().printStackTrace(System.out); // NOSONAR a program
            return false;
        }
    }
}
