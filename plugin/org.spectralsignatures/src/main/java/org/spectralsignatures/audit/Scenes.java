package org.spectralsignatures.audit;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;

/**
 * Tells images of one scene, such as the frames of a film or near copies of a picture: they differ far less than images of a class
 * usually do, and share all that is in the scene, so that what they have in common is no mark by itself.
 */
final class Scenes {

    /**
     * Two images show one scene if their square distance is less than this share of the usual one: that of neighbouring frames was .03 to .15, that
     * of images of different scenes of one sign .18 or more.
     */
    private static final double TWIN = .16;

    /** So many images are compared with each other. */
    private static final int MOST = 1000;

    /** And so many values of each, evenly spread. */
    private static final int VALUES = 3072;

    private static final int PAIRS = 400;

    private final ImageDataset m_images;

    private Scenes(final ImageDataset images) {
        m_images = images;
    }

    /**
     * @param images the set
     * @param members indices of images that share something
     * @param own the images of their class
     * @return number of scenes that the members show, of the first {@value #MOST} of them
     */
    static int count(final ImageDataset images, final int[] members, final int[] own) {
        final var scenes = new Scenes(images);
        return scenes.count(members, TWIN * scenes.usual(own));
    }

    /** @return whether the members show few scenes, that is half as many as images at most */
    static boolean few(final ImageDataset images, final int[] members, final int[] own) {
        return 2 * count(images, members, own) <= Math.min(MOST, members.length);
    }

    /** @return the median square distance of pairs of images that lie far apart in the set's order */
    private double usual(final int[] own) {
        final int half = own.length / 2;
        final int pairs = Math.min(PAIRS, half);
        final double[] distances = IntStream.range(0, pairs).parallel().mapToDouble(k -> {
            final int first = (int)((long)k * half / pairs);
            return distance(values(own[first]), values(own[first + half]));
        }).sorted().toArray();
        return pairs == 0 ? 0 : distances[pairs / 2];
    }

    /** Images that are twins of twins show one scene, as a camera that comes nearer. */
    private int count(final int[] members, final double least) {
        final int n = Math.min(MOST, members.length);
        final byte[][] values = Arrays.stream(members, 0, n).parallel().mapToObj(this::values).toArray(byte[][]::new);
        final boolean[] seen = new boolean[n];
        int scenes = 0;
        for (int i = 0; i < n; i++) {
            if (!seen[i]) {
                scenes++;
                mark(i, values, seen, least);
            }
        }
        return scenes;
    }

    private static void mark(final int first, final byte[][] values, final boolean[] seen, final double least) {
        final int[] open = new int[seen.length];
        int count = 1;
        open[0] = first;
        seen[first] = true;
        while (count > 0) {
            final byte[] from = values[open[--count]];
            for (int j : IntStream.range(0, seen.length).parallel().filter(j -> !seen[j] && distance(from, values[j]) < least).toArray()) {
                seen[j] = true;
                open[count++] = j;
            }
        }
    }

    private static double distance(final byte[] a, final byte[] b) {
        long sum = 0;
        for (int k = 0; k < a.length; k++) {
            final int apart = Byte.toUnsignedInt(a[k]) - Byte.toUnsignedInt(b[k]);
            sum += (long)apart * apart;
        }
        return sum;
    }

    private byte[] values(final int image) {
        final var pixels = new byte[m_images.shape().size()];
        m_images.copyPixels(image, pixels, 0);
        if (pixels.length <= VALUES) {
            return pixels;
        }
        final var some = new byte[VALUES];
        for (int k = 0; k < VALUES; k++) {
            some[k] = pixels[(int)((long)k * pixels.length / VALUES)];
        }
        return some;
    }
}
