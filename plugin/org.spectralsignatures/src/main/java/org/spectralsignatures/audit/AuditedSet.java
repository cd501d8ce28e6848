package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ImageDataset;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.network.RunnableNetwork;
import org.spectralsignatures.scoring.RowsByClass;

/** All that an audit asks about a set: its images, their scores and the network. What it keeps beside them are some 12 bytes an image. */
public final class AuditedSet {

    /** Share of a class that may be poison itself, so that no mark is put on it. */
    private static final double SUSPICIOUS = .2;

    private final RunnableNetwork m_network;

    private final ImageDataset m_images;

    private final double[] m_scores;

    private final AuditOptions m_options;

    private final TaskMonitor m_monitor;

    private final int[][] m_rows;

    /** For each class the images that are not among the most suspicious; null where nobody asked. */
    private int[][] m_calm;

    /** Rows of all images, which every step takes; null where each step makes those that it needs. */
    private WhitenedPixels m_pixels;

    private boolean m_centred;

    /** What one step found out about the pixels of a class and the next one needs; null where each finds it out. */
    private Map<Integer, RepeatedPixels.Shared> m_shared;

    /**
     * @param network that knows the images
     * @param images of the set; the classes that a step is not about are hardly read
     * @param scores {@code [n]}, outlier scores, the higher the more suspicious in the class
     * @param options of the audit
     * @param monitor asked for cancellation
     */
    public AuditedSet(final RunnableNetwork network, final ImageDataset images, final double[] scores, final AuditOptions options, final TaskMonitor monitor) {
        m_network = network;
        m_images = images;
        m_scores = scores;
        m_options = options;
        m_monitor = monitor;
        m_rows = RowsByClass.of(images.labels(), images.classes().size());
    }

    /** @return this set, where all classes are searched on this machine, so that what a step computes serves the next; the rows may be null if none asks for them */
    AuditedSet keeping(final WhitenedPixels pixels) {
        m_pixels = pixels;
        m_shared = new HashMap<>();
        return this;
    }

    /** @return that takes the steps for one class after the other */
    EachClass oneByOne() {
        return new EachClass() {
            @Override
            public <S, T> List<T> each(final String name, final S shared, final Step<S, T> step) throws IOException, TaskCancelledException {
                final var found = new ArrayList<T>();
                for (int c = 0; c < m_rows.length; c++) {
                    m_monitor.checkCancelled();
                    found.add(step.of(AuditedSet.this, c, shared));
                }
                return found;
            }
        };
    }

    RunnableNetwork network() {
        return m_network;
    }

    ImageDataset images() {
        return m_images;
    }

    double[] scores() {
        return m_scores;
    }

    AuditOptions options() {
        return m_options;
    }

    TaskMonitor monitor() {
        return m_monitor;
    }

    /** @return for each class the indices of its images, ascending */
    int[][] rows() {
        return m_rows;
    }

    /** @return number of the images of each class */
    int[] sizes() {
        return Arrays.stream(m_rows).mapToInt(own -> own.length).toArray();
    }

    /** @return that asks the network */
    Trial trial() {
        return new Trial(m_network, m_images, m_options.batchSize(), m_monitor);
    }

    /** @return images of the other classes, without the most suspicious of each */
    int[] unsuspicious(final int label) {
        final int[][] calm = calm();
        return IntStream.range(0, calm.length).filter(c -> c != label).flatMap(c -> Arrays.stream(calm[c])).toArray();
    }

    private synchronized int[][] calm() {
        if (m_calm == null) {
            m_calm = Arrays.stream(m_rows).map(own -> {
                final int[] ranked = IntStream.of(own).boxed().sorted(Comparator.comparingDouble(i -> m_scores[i])).mapToInt(Integer::intValue).toArray();
                return Arrays.copyOf(ranked, (int)Math.ceil((1 - SUSPICIOUS) * ranked.length));
            }).toArray(int[][]::new);
        }
        return m_calm;
    }

    /**
     * @param rows indices of the images that are needed, ascending
     * @param scale of the set
     * @param looks whose middles are taken from the rows; null before these are known
     * @return whitened pixels of those images at least, to be closed by the caller
     */
    WhitenedPixels pixels(final int[] rows, final PixelScale scale, final Looks looks) throws IOException, TaskCancelledException {
        if (m_pixels == null) {
            final WhitenedPixels some = WhitenedPixels.of(m_images, scale, rows, silent());
            if (looks != null) {
                looks.centre(some, silent());
            }
            return some;
        }
        if (looks != null && !m_centred) {
            looks.centre(m_pixels, silent());
            m_centred = true;
        }
        return m_pixels.view();
    }

    /** Its progress is that of a part of a class. */
    private TaskMonitor silent() {
        return new TaskMonitor() {
            @Override
            public void progress(final double fraction, final String message) {
                // the class is told
            }

            @Override
            public void checkCancelled() throws TaskCancelledException {
                m_monitor.checkCancelled();
            }
        };
    }

    /** @return whether what one step found is kept for the next one */
    boolean keeps() {
        return m_shared != null;
    }

    /** Keeps what was found for the next step, where that is of use. */
    void keep(final int label, final RepeatedPixels.Shared shared) {
        if (m_shared != null) {
            m_shared.put(label, shared);
        }
    }

    /** @return what was kept, once; null if nothing was */
    RepeatedPixels.Shared kept(final int label) {
        return m_shared == null ? null : m_shared.remove(label);
    }
}
