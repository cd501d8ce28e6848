package org.spectralsignatures.audit;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * What images look like by their whitened pixels: the class to whose middle they point. Photographs point to no middle; of classes whose
 * images are nearly all alike, such as traffic signs, nearly all point to their own. An image of such a class that points to the middle of
 * another one is a <i>stranger</i>: it came from there, be it by mistake or with a mark.
 */
final class Looks implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Images of the classes are alike if in half of the classes such a share of them points to the middle of its class; in photographs it is chance. */
    private static final double ALIKE = .75;

    /** In a class with much poison among them at least this share. */
    private static final double ALIKE_BESIDE_POISON = .5;

    /** A stranger is made up of the middles of both classes with so much of its own at most, or so little; an image between them is none. */
    private static final double OWN = .33;

    /** So much of the middle of the other class is in a stranger at least; an image that is like nothing is none. */
    private static final double THEIRS = .3;

    /** Classes whose middles have a larger cosine differ in a detail alone, and images of one often look like the other by nature. */
    private static final double RELATED = .15;

    /** Images that point elsewhere are left out of the middle of their class, so that their mark is not part of it. */
    private static final int ROUNDS = 2;

    private static final int BETWEEN = -1;

    private static final int AT_A_TIME = 1024;

    /** {@code [classes, d]} */
    private float[][] m_middles;

    /** {@code [classes, classes]}, the products of the middles */
    private double[][] m_products;

    /** {@code [classes]}, the share of the images that point to their own middle */
    private final double[] m_pointing;

    private final boolean[] m_alike;

    /** {@code [n]} */
    private final int[] m_look;

    /** {@code [n]}, how much of its own class a stranger has in it. */
    private final double[] m_own;

    /**
     * What a step goes by.
     *
     * @param scale of the set
     * @param looks as far as they are known
     * @param clear whether images count that point somewhere clearly alone
     */
    private record Known(PixelScale scale, Looks looks, boolean clear) implements Serializable {
    }

    /**
     * What the images of a class point to.
     *
     * @param looks for each the class
     * @param own for each how much of its own class it has in it
     * @param pointing the share that points to its own middle
     */
    private record Pointed(int[] looks, double[] own, double pointing) implements Serializable { // NOSONAR never compared
    }

    private Looks(final int[][] rows) {
        m_pointing = new double[rows.length];
        m_alike = new boolean[rows.length];
        m_look = new int[Arrays.stream(rows).mapToInt(own -> own.length).sum()];
        m_own = new double[m_look.length];
        for (int c = 0; c < rows.length; c++) {
            for (int i : rows[c]) {
                m_look[i] = c;
            }
        }
    }

    /**
     * @param rows for each class the indices of its images
     * @param scale of the set
     * @param classes takes the steps
     * @return what they look like
     * @throws IOException if there is no room for what is computed
     * @throws TaskCancelledException if somebody said so
     */
    static Looks of(final int[][] rows, final PixelScale scale, final EachClass classes) throws IOException, TaskCancelledException {
        final var looks = new Looks(rows);
        for (int round = 1; round <= ROUNDS; round++) {
            final String turn = " (%d of %d)".formatted(round, ROUNDS);
            looks.setMiddles(classes.each("middles of the classes" + turn, new Known(scale, looks, false), Looks::middle));
            final List<Pointed> pointed = classes.each("what images look like" + turn, new Known(scale, looks, round == ROUNDS), Looks::point);
            for (int c = 0; c < rows.length; c++) {
                looks.set(c, rows[c], pointed.get(c));
            }
        }
        looks.forgetOthers(rows);
        return looks;
    }

    private int[] likeThemselves(final int label, final int[] own) {
        return Arrays.stream(own).filter(i -> m_look[i] == label).toArray();
    }

    private static float[] middle(final AuditedSet set, final int label, final Known known) throws IOException, TaskCancelledException {
        final int[] some = known.looks.likeThemselves(label, set.rows()[label]);
        if (some.length == 0) {
            return new float[known.scale.columns()];
        }
        try (var pixels = set.pixels(some, known.scale, null)) {
            return floats(pixels.mean(some));
        }
    }

    private void setMiddles(final List<float[]> middles) {
        m_middles = middles.toArray(float[][]::new);
        m_products = Arrays.stream(m_middles).parallel().map(a -> Arrays.stream(m_middles).mapToDouble(b -> product(a, b)).toArray()).toArray(double[][]::new);
    }

    private void set(final int label, final int[] own, final Pointed pointed) {
        for (int i = 0; i < own.length; i++) {
            m_look[own[i]] = pointed.looks[i];
            m_own[own[i]] = pointed.own[i];
        }
        m_pointing[label] = pointed.pointing;
    }

    private static float[] floats(final double[] values) {
        final var floats = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            floats[k] = (float)values[k];
        }
        return floats;
    }

    private static double product(final float[] a, final float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double)a[k] * b[k];
        }
        return sum;
    }

    /** Finds what the images of a class point to; at the end only where it is clear. */
    private static Pointed point(final AuditedSet set, final int label, final Known known) throws IOException, TaskCancelledException {
        final Looks looks = known.looks;
        final int[] own = set.rows()[label];
        final int members = looks.likeThemselves(label, own).length;
        final var found = new Pointed(new int[own.length], new double[own.length], 0);
        int themselves = 0;
        if (own.length == 0) {
            return found;
        }
        try (var pixels = set.pixels(own, known.scale, null)) {
            for (int from = 0; from < own.length; from += AT_A_TIME) {
                set.monitor().checkCancelled();
                final int first = from;
                final int[] block = Arrays.copyOfRange(own, from, Math.min(own.length, from + AT_A_TIME));
                final double[][] products = pixels.project(block, looks.m_middles);
                final int[] seen = IntStream.range(0, block.length).parallel().map(i -> looks.look(pixels, block[i], label, members,
                    Arrays.stream(products).mapToDouble(of -> of[i]).toArray(), known.clear, found.own, first + i)).toArray();
                for (int i = 0; i < seen.length; i++) {
                    themselves += seen[i] == label ? 1 : 0;
                    found.looks[from + i] = seen[i] == BETWEEN ? label : seen[i];
                }
            }
        }
        return new Pointed(found.looks, found.own, own.length < 2 ? 0 : (double)themselves / own.length);
    }

    /** An image's own part in the middle of its class does not count. */
    private int look(final WhitenedPixels pixels, final int image, final int label, final int members, final double[] products, final boolean clear, // NOSONAR
        final double[] ofOwn, final int at) {
        double length = m_products[label][label];
        if (m_look[image] == label && members > 1) {
            final double n = members;
            final double square = pixels.squares(image, m_middles[label]);
            length = (n * n * length - 2 * n * products[label] + square) / ((n - 1) * (n - 1));
            products[label] = (n * products[label] - square) / (n - 1);
        }
        int look = label;
        double most = products[label] / Math.sqrt(Math.max(Double.MIN_NORMAL, length));
        for (int c = 0; c < products.length; c++) {
            final double cosine = products[c] / Math.sqrt(Math.max(Double.MIN_NORMAL, m_products[c][c]));
            if (c != label && cosine > most) {
                most = cosine;
                look = c;
            }
        }
        ofOwn[at] = look == label ? 1 : ofOwn(products, label, look);
        final boolean between = Math.abs(ofOwn[at]) > OWN || products[look] < THEIRS * m_products[look][look]
            || m_products[label][look] > RELATED * Math.sqrt(m_products[label][label] * m_products[look][look]);
        return clear && look != label && between ? BETWEEN : look;
    }

    /**
     * An image as the sum of two middles and something else, which does not count: a mark takes strength from what an image looks like.
     *
     * @return the share of the middle of its class in the sum of both
     */
    private double ofOwn(final double[] products, final int label, final int other) {
        final double both = m_products[label][other];
        final double own = m_products[other][other] * products[label] - both * products[other];
        final double theirs = m_products[label][label] * products[other] - both * products[label];
        return own + theirs > 0 ? own / (own + theirs) : Double.POSITIVE_INFINITY;
    }

    /** Where images are not alike none is a stranger. */
    private void forgetOthers(final int[][] rows) {
        final double[] sorted = IntStream.range(0, rows.length).filter(c -> rows[c].length > 0).mapToDouble(c -> m_pointing[c]).sorted().toArray();
        final boolean alike = sorted.length > 1 && sorted[(sorted.length - 1) / 2] >= ALIKE;
        for (int c = 0; c < rows.length; c++) {
            m_alike[c] = alike && m_pointing[c] >= ALIKE_BESIDE_POISON;
        }
        for (int c = 0; c < rows.length; c++) {
            for (int i : rows[c]) {
                if (!m_alike[c] || !m_alike[m_look[i]]) {
                    m_look[i] = c;
                }
            }
        }
    }

    /**
     * Takes the middle of what each image looks like from it, where images are alike, so that what is left is what it has beside.
     *
     * @param pixels of images of the set
     * @param monitor asked for cancellation
     * @throws TaskCancelledException if the monitor said so
     */
    void centre(final WhitenedPixels pixels, final TaskMonitor monitor) throws TaskCancelledException {
        if (IntStream.range(0, m_alike.length).anyMatch(c -> m_alike[c])) {
            pixels.subtract(m_middles, IntStream.of(m_look).map(c -> m_alike[c] ? c : -1).toArray(), monitor);
        }
    }

    /**
     * @param strangers some of them
     * @return how much of their own class they have in them on average, from 0, as images of the class that they look like, to {@value #OWN}
     */
    double ofOwn(final int[] strangers) {
        return Math.max(0, Arrays.stream(strangers).mapToDouble(i -> m_own[i]).average().orElse(0));
    }

    /** @return the class that an image looks like; its own where images are not alike */
    int of(final int image) {
        return m_look[image];
    }
}
