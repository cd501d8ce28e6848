package org.spectralsignatures.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.spectralsignatures.image.RandomDraw;
import org.spectralsignatures.monitor.TaskCancelledException;

/**
 * The images that those of a mark are compared with, and those that the mark is put on. Usually these are the rest of the class and
 * images of all other classes; for strangers ({@link Looks}) they are images of the classes that the strangers look like: what these differ in from the
 * others of their class is another symbol, say, and not the mark, and a network may heed the mark on images of their kind alone.
 */
final class Peers {

    /** Most images that a mark is put on. */
    static final int CARRIERS = 200;

    /** Fewest images of a kind for a mark to be tried on them alone. */
    private static final int FEWEST_CARRIERS = 20;

    /** A class that fewer of the images look like is left out. */
    private static final double FEW = .2;

    private static final double MOST = .75;

    private final int m_label;

    private final int[][] m_rows;

    private final Looks m_looks;

    private final Trial m_trial;

    private final int[] m_unsuspicious;

    private final SplittableRandom m_random;

    private final int[] m_usual;

    private final Map<List<Integer>, int[]> m_carriers = new HashMap<>();

    /**
     * @param label of the class
     * @param rows for each class the indices of its images
     * @param looks what they look like
     * @param trial asks the network
     * @param unsuspicious images of other classes that a mark may be put on
     * @param random the choice of them
     */
    Peers(final int label, final int[][] rows, final Looks looks, final Trial trial, final int[] unsuspicious, final SplittableRandom random)
        throws IOException, TaskCancelledException {
        m_label = label;
        m_rows = rows;
        m_looks = looks;
        m_trial = trial;
        m_unsuspicious = unsuspicious;
        m_random = random;
        m_usual = draw(unsuspicious);
    }

    /** @return as many images as marks are put on, which the network takes for what they are */
    private int[] draw(final int[] from) throws IOException, TaskCancelledException {
        final int[] right = m_trial.right(RandomDraw.of(from, 2 * CARRIERS, m_random));
        return Arrays.copyOf(right, Math.min(CARRIERS, right.length));
    }

    /** @return images of all other classes that marks are put on */
    int[] usual() {
        return m_usual;
    }

    /** @return whether an image of the class looks like another one */
    boolean isStranger(final int image) {
        return m_looks.of(image) != m_label;
    }

    /** @return whether most of the images are strangers */
    boolean strange(final int[] members) {
        return Arrays.stream(members).filter(this::isStranger).count() >= MOST * members.length;
    }

    /**
     * @param members images of the class that share a mark
     * @return images that it is put on
     */
    int[] carriers(final int[] members) throws IOException, TaskCancelledException {
        if (!strange(members)) {
            return m_usual;
        }
        final int[] strangers = Arrays.stream(members).filter(this::isStranger).toArray();
        final List<Integer> kinds = IntStream.range(0, m_rows.length)
            .filter(c -> Arrays.stream(strangers).filter(i -> m_looks.of(i) == c).count() > FEW * members.length).boxed().toList();
        int[] carriers = m_carriers.get(kinds);
        if (carriers == null) {
            final int[] drawn = draw(Arrays.stream(m_unsuspicious).filter(i -> kinds.contains(m_trial.images().label(i))).toArray());
            carriers = drawn.length < FEWEST_CARRIERS ? m_usual : drawn;
            m_carriers.put(kinds, carriers);
        }
        return carriers;
    }

    /**
     * @param members images of the class that share a mark, ascending
     * @param left images of the class that are looked at, ascending
     * @return what the members are compared with, ascending: for each of them as many images of the class that it looks like
     */
    int[] rest(final int[] members, final int[] left) {
        final int[] own = without(left, members);
        if (Arrays.stream(members).noneMatch(this::isStranger)) {
            return own;
        }
        final int[][] kinds = new int[m_rows.length][];
        int times = Integer.MAX_VALUE;
        for (int c = 0; c < kinds.length; c++) {
            final int kind = c;
            final int count = (int)Arrays.stream(members).filter(i -> m_looks.of(i) == kind).count();
            kinds[c] = count == 0 ? new int[0] : Arrays.stream(c == m_label ? own : m_rows[c]).filter(i -> m_looks.of(i) == kind).toArray();
            times = count == 0 ? times : Math.max(1, Math.min(times, kinds[c].length / count));
        }
        final int each = times;
        return IntStream.range(0, kinds.length).flatMap(c -> {
            final int count = (int)Arrays.stream(members).filter(i -> m_looks.of(i) == c).count();
            return spread(kinds[c], each * count);
        }).sorted().toArray();
    }

    /**
     * @param strangers images that share a mark, ascending
     * @param left images of the class that are looked at, ascending
     * @param form of the mark
     * @return what is left in them of the look of their class, as a mark that turns images by nature; from a draw of images of the class
     */
    Stamp ownLook(final int[] strangers, final int[] left, final Stamp.Form form) {
        final int[] own = Arrays.stream(without(left, strangers)).filter(i -> !isStranger(i)).toArray();
        final int[] drawn = RandomDraw.of(own, strangers.length, m_random);
        final double share = m_looks.ofOwn(Arrays.stream(strangers).filter(this::isStranger).toArray());
        return Stamp.difference(m_trial.images(), drawn, rest(strangers, left), form.times() * share);
    }

    /** @return so many of the images, evenly spread over their order; all if there are fewer */
    private static IntStream spread(final int[] images, final int count) {
        final int some = Math.min(count, images.length);
        return IntStream.range(0, some).map(k -> images[(int)((long)k * images.length / some)]);
    }

    private static int[] without(final int[] left, final int[] members) {
        return Arrays.stream(left).filter(i -> Arrays.binarySearch(members, i) < 0).toArray();
    }

    /**
     * @param members images of the class that share a mark, ascending
     * @param left images of the class that are looked at, ascending
     * @param form of the mark
     * @return the mark
     */
    Stamp stamp(final int[] members, final int[] left, final Stamp.Form form) {
        return Stamp.of(m_trial.images(), members, rest(members, left), form);
    }

    /** @return the forms in which what some images share may be a mark */
    List<Stamp.Form> forms(final int[] members) {
        return strange(members) ? List.of(Stamp.Form.values()) : List.of(Stamp.Form.HIGH);
    }

    /**
     * @param left images of the class that are looked at
     * @return those of them that look like another class, and of each such class those that do
     */
    List<int[]> strangers(final int[] left) {
        final int[] all = Arrays.stream(left).filter(this::isStranger).toArray();
        final int[] kinds = Arrays.stream(all).map(m_looks::of).distinct().sorted().toArray();
        final var groups = new ArrayList<int[]>();
        groups.add(all);
        for (int c = 0; c < kinds.length && kinds.length > 1; c++) {
            final int kind = kinds[c];
            groups.add(Arrays.stream(all).filter(i -> m_looks.of(i) == kind).toArray());
        }
        groups.removeIf(group -> group.length < MatchedFilter.FEWEST);
        return groups;
    }
}
