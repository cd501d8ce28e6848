package org.spectralsignatures.engine.cuda.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.spectralsignatures.engine.cuda.device.Operation;
import org.spectralsignatures.engine.cuda.device.Span;

/** Operations in their order, and the arrays that live only among them. */
public final class Program {

    private static final long ALIGNMENT = 256;

    private final List<Tape.Draft> drafts;

    private final List<Temporary> temporaries;

    private final Map<Temporary, Long> offsets = new HashMap<>();

    private final long bytes;

    Program(final List<Tape.Draft> drafts, final List<Temporary> temporaries) {
        this.drafts = List.copyOf(drafts);
        this.temporaries = List.copyOf(temporaries);
        bytes = layOut();
    }

    static long aligned(final long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The largest first, each as far in front as those allow that live beside it. */
    private long layOut() {
        final var open = new ArrayList<>(temporaries);
        open.sort(Comparator.comparingLong(Temporary::bytes).reversed()); // stable: the same layout each time
        final var placed = new ArrayList<Temporary>(); // in the order of their offsets
        long end = 0;
        for (Temporary temporary : open) {
            long offset = 0;
            for (Temporary other : placed) {
                if (other.livesBeside(temporary)) {
                    if (offset + temporary.bytes() <= offsets.get(other)) {
                        break;
                    }
                    offset = Math.max(offset, aligned(offsets.get(other) + other.bytes()));
                }
            }
            offsets.put(temporary, offset);
            placed.add(temporary);
            placed.sort(Comparator.comparingLong(offsets::get));
            end = Math.max(end, offset + temporary.bytes());
        }
        return end;
    }

    /** @return bytes that hold all arrays */
    public long bytes() {
        return aligned(Math.max(1, bytes));
    }

    /** @return arrays that live within the program */
    public List<Temporary> temporaries() {
        return temporaries;
    }

    /**
     * @param places memory of each of the program's own arrays
     * @return the operations
     */
    public List<Operation> operations(final Function<Temporary, Span> places) {
        return drafts.stream().map(draft -> draft.place(argument -> argument instanceof Temporary temporary ? places.apply(temporary) : argument)).toList();
    }

    /**
     * @param memory of at least {@link #bytes()}
     * @return where in it each array lies
     */
    public Function<Temporary, Span> within(final Span memory) {
        return temporary -> memory.part(offsets.get(temporary), temporary.bytes());
    }
}
