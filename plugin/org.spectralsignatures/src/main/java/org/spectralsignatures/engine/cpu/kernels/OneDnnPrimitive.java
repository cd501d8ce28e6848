package org.spectralsignatures.engine.cpu.kernels;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_impl_info_str;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;

import java.lang.ref.Cleaner;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** A compiled oneDNN operation with its arguments; only their addresses change between calls. Freed when it is unreachable. */
final class OneDnnPrimitive {

    private static final Cleaner CLEANER = Cleaner.create();

    /** The native objects, apart from the primitive so that cleaning does not keep it alive. */
    private record Handles(dnnl_primitive primitive, dnnl_memory[] memories) implements Runnable {
        @Override
        public void run() {
            dnnl_primitive_destroy(primitive);
            for (dnnl_memory memory : memories) {
                dnnl_memory_destroy(memory);
            }
        }
    }

    private final OneDnn library;

    private final Handles handles;

    private final dnnl_exec_arg_t arguments;

    private final String implementation;

    private final long scratchSize;

    /**
     * @param description of the operation; destroyed here
     * @param ids oneDNN's numbers of the arguments
     * @param layouts one an argument
     */
    OneDnnPrimitive(final OneDnn library, final dnnl_primitive_desc description, final int[] ids, final dnnl_memory_desc_t[] layouts) {
        this.library = library;
        final var primitive = new dnnl_primitive();
        OneDnn.check(dnnl_primitive_create(primitive, description), "dnnl_primitive_create");
        final dnnl_memory_desc_t scratch = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
        scratchSize = scratch == null ? 0 : dnnl_memory_desc_get_size(scratch);
        final var memories = new dnnl_memory[ids.length + (scratchSize > 0 ? 1 : 0)];
        arguments = new dnnl_exec_arg_t(memories.length);
        for (int i = 0; i < memories.length; i++) {
            memories[i] = new dnnl_memory();
            OneDnn.check(dnnl_memory_create(memories[i], i < ids.length ? layouts[i] : scratch, library.engine(), null), "dnnl_memory_create");
            arguments.position(i).arg(i < ids.length ? ids[i] : DNNL_ARG_SCRATCHPAD).memory(memories[i]);
        }
        arguments.position(0);
        handles = new Handles(primitive, memories);
        CLEANER.register(this, handles);
        try (var text = new PointerPointer<Pointer>(1)) {
            OneDnn.check(dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, text), "dnnl_primitive_desc_query");
            implementation = text.getString(0);
        }
        dnnl_primitive_desc_destroy(description);
    }

    /** @return an operation that copies from one layout to another: arguments "from" and "to" */
    static OneDnnPrimitive reorder(final OneDnn library, final dnnl_memory_desc_t from, final dnnl_memory_desc_t to) {
        final var description = new dnnl_primitive_desc();
        OneDnn.check(dnnl_reorder_primitive_desc_create(description, from, library.engine(), to, library.engine(),
            (dnnl_primitive_attr)null), "dnnl_reorder_primitive_desc_create");
        return new OneDnnPrimitive(library, description,
            new int[]{org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM, org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO},
            new dnnl_memory_desc_t[]{from, to});
    }

    /** @return the layout of a dense float array with a format tag of oneDNN */
    static dnnl_memory_desc_t layout(final int tag, final long... sizes) {
        final var layout = new dnnl_memory_desc_t();
        OneDnn.check(dnnl_memory_desc_init_by_tag(layout, sizes.length, sizes, dnnl_f32, tag), "dnnl_memory_desc_init_by_tag");
        return layout;
    }

    /** Runs it on arrays at the given addresses, in the order of the arguments. */
    void run(final Pointer... addresses) {
        for (int i = 0; i < addresses.length; i++) {
            OneDnn.check(dnnl_memory_set_data_handle(handles.memories()[i], addresses[i]), "dnnl_memory_set_data_handle");
        }
        if (scratchSize > 0) {
            OneDnn.check(dnnl_memory_set_data_handle(handles.memories()[addresses.length], Scratch.bytes(scratchSize)), "dnnl_memory_set_data_handle");
        }
        OneDnn.check(dnnl_primitive_execute(handles.primitive(), library.stream(), handles.memories().length, arguments), "dnnl_primitive_execute");
    }

    /** @return the algorithm that oneDNN chose, for example {@code jit:avx2} */
    String implementation() {
        return implementation;
    }
}
