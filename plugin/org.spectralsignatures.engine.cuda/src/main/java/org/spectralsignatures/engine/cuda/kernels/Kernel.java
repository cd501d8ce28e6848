package org.spectralsignatures.engine.cuda.kernels;

/**
 * A kernel of our own, by its name in the sources and what it takes: {@code r} an array that it reads, {@code w} one that it writes, {@code u} one that it
 * changes, {@code o} one that it reads and {@code p} one that it writes
 * unless it is left out, {@code i} an int, {@code l} a long, {@code f} a float.
 */
public enum Kernel {

    /** Mean and inverse deviation of each image; one block an image. */
    IMAGE_MOMENTS("imageMoments", false, "rrwwi"),

    /** Bytes in planes to standardised values. */
    IMAGES("images", false, "rrwlii"),

    /** Zeros below and on the right, or less of them. */
    RESIZE("resize", true, "rwliiiiiii"),

    /** Moments of each block's rows. */
    NORM_SUMS("normSums", true, "rwliii"),

    /** Moments of the batch, and the running ones after it. */
    NORM_MOMENTS("normMoments", false, "rruuwliiiff"),

    /** Moments of a network that is not in training. */
    NORM_RUNNING("normRunning", false, "rrrwif"),

    /** Normalisation and rectifier. */
    NORM_APPLY("normApply", true, "rrrwliiif"),

    /** Sums of the gradient over each block's rows. */
    NORM_GRADIENT_SUMS("normGradientSums", true, "rrrrwliiif"),

    /** Gradients by scale and shift. */
    NORM_GRADIENT_TOTALS("normGradientTotals", false, "rrwwwlii"),

    /** Gradient by what was normalised. */
    NORM_GRADIENT("normGradient", true, "rrrrrowliiif"),

    /** A shortcut without parameters, added. */
    SHORTCUT("shortcut", true, "ruliiiiiii"),

    /** Its gradient, added. */
    SHORTCUT_GRADIENT("shortcutGradient", true, "ruliiiiiii"),

    /** Values that are added. */
    ADD("add", true, "rul"),

    /** Largest values. */
    MAX_POOL("maxPool", true, "rwpliiiiiiiiii"),

    /** Their gradient. */
    MAX_POOL_GRADIENT("maxPoolGradient", true, "rrwliiiiiiiiii"),

    /** Means over images. */
    AVERAGE("average", true, "rwlii"),

    /** Their gradient. */
    AVERAGE_GRADIENT("averageGradient", true, "rwliiii"),

    /** Logits. */
    DENSE("dense", false, "rrrwiii"),

    /** Probabilities. */
    SOFTMAX("softmax", false, "rwii"),

    /** Losses, what was correct, and the gradient by the logits. */
    LOSS("loss", false, "rrwwwii"),

    /** Gradients by weights and biases. */
    DENSE_WEIGHTS("denseWeights", false, "rrwwiii"),

    /** Gradient by what the dense layer takes. */
    DENSE_INPUT("denseInput", false, "rrwiii"),

    /** A convolution by its definition. */
    CONVOLVE("convolve", false, "rrwliiiiiiiiii"),

    /** Its gradient by the input. */
    CONVOLVE_INPUT("convolveInput", false, "rrwliiiiiiiiii"),

    /** Its gradient by the kernels; one block a value. */
    CONVOLVE_KERNELS("convolveKernels", false, "rrwliiiiiiiiii"),

    /** A step of the parameters. */
    UPDATE("update", false, "rruullff"),

    /** Squared lengths of rows; one block a row. */
    ROW_NORMS("rowNorms", false, "rrwi"),

    /** Products of rows with vectors; one block a row. */
    ROW_PRODUCTS("rowProducts", false, "rrrwii"),

    /** Sums of weighted rows, for each block of them. */
    ROW_SUMS("rowSums", false, "rrrwiiii"),

    /** Those sums, added up. */
    ROW_TOTALS("rowTotals", false, "ruli");

    /** Threads of each block. */
    public static final int THREADS = 256;

    /** Channels that a wide kernel takes at a time. */
    public static final int WIDE = 4;

    private final String name;

    private final boolean wide;

    private final String signature;

    Kernel(final String name, final boolean wide, final String signature) {
        this.name = name;
        this.wide = wide;
        this.signature = signature;
    }

    /** @return a letter for each of its arguments */
    public String signature() {
        return signature;
    }

    /** @return whether there is one for four channels beside that for one */
    public boolean comesWide() {
        return wide;
    }

    /**
     * @param width channels that it takes at a time, 1 or {@value #WIDE}
     * @return name of the function
     */
    public String function(final int width) {
        return wide ? name + width : name;
    }
}
