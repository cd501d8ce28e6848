package org.spectralsignatures.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.spectralsignatures.image.ClassNames;
import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;

/**
 * Finds the images of a set that are the same or nearly, by their {@link Fingerprint}s. Images with the same pixels are one group; groups are
 * compared. What is found depends on the images and their order alone.
 */
public final class DuplicateFinder {

    private static final int EXAMPLES = 20;

    /** Looks at candidates; about ten seconds. A set of which so many are alike by their hashes says enough by those that were found. */
    private static final long MOST_LOOKS = 4_000_000_000L;

    private static final int KINDS = Likeness.values().length * Relation.values().length;

    /** Images of one label in one part that have the same pixels: {@code members[from]} to before {@code members[to]}. */
    private record Node(int from, int to, int code) {
    }

    /** Images with the same pixels. */
    private record Group(List<Node> nodes, int first) {
    }

    private final long mostLooks;

    private final Fingerprints prints = new Fingerprints();

    private final List<String> keys = new ArrayList<>();

    private final List<String> labels = new ArrayList<>();

    private final Map<String, Integer> labelNumbers = new HashMap<>();

    private final Map<String, Integer> partNumbers = new HashMap<>();

    /** Number of label and part of each image, as {@code label << 8 | part}. */
    private int[] codes = new int[256];

    private int[] members;

    private byte[] seen;

    private final Map<Integer, int[]> counts = new TreeMap<>();

    private final Map<Integer, List<List<DuplicatePair>>> examples = new HashMap<>();

    /** Finds duplicates among the images that will be added. */
    public DuplicateFinder() {
        this(MOST_LOOKS);
    }

    DuplicateFinder(final long mostLooks) {
        this.mostLooks = mostLooks;
    }

    /**
     * Adds the next image.
     *
     * @param key its row key
     * @param label its class
     * @param part of the set, empty where the set has none; at most 256 of them are told apart
     * @param print what is kept of it
     */
    public void add(final String key, final String label, final String part, final Fingerprint print) {
        final int n = prints.size();
        if (n == codes.length) {
            codes = Arrays.copyOf(codes, 2 * n);
        }
        final int number = labelNumbers.computeIfAbsent(label, l -> {
            labels.add(l);
            return labels.size() - 1;
        });
        codes[n] = number << 8 | Math.min(255, partNumbers.computeIfAbsent(part, p -> partNumbers.size()));
        prints.add(print);
        keys.add(key);
    }

    /**
     * Compares all images that were added.
     *
     * @param monitor asked for each group
     * @return what was found
     * @throws TaskCancelledException if the monitor said so
     */
    public Duplicates find(final TaskMonitor monitor) throws TaskCancelledException {
        seen = new byte[prints.size()];
        final List<Group> groups = groups();
        for (Group group : groups) {
            monitor.checkCancelled();
            withinGroup(group);
        }
        final List<Group> compared = groups.stream().filter(g -> !prints.isFlat(g.first)).toList();
        final int notCompared = compare(compared, monitor);
        final int flat = (int)IntStream.range(0, prints.size()).filter(prints::isFlat).count();
        return new Duplicates(found(), flat, notCompared);
    }

    /** Images with the same pixels, in the order of their first ones. */
    private List<Group> groups() {
        members = IntStream.range(0, prints.size()).boxed().sorted(this::order).mapToInt(Integer::intValue).toArray();
        final var groups = new ArrayList<Group>();
        for (int i = 0; i < members.length;) {
            final var nodes = new ArrayList<Node>();
            final int start = i;
            int first = members[i];
            while (i < members.length && prints.compare(members[start], members[i]) == 0) {
                final int from = i;
                first = Math.min(first, members[i]);
                while (i < members.length && order(members[from], members[i], false) == 0) {
                    i++;
                }
                nodes.add(new Node(from, i, codes[members[from]]));
            }
            groups.add(new Group(nodes, first));
        }
        groups.sort(Comparator.comparingInt(Group::first));
        return groups;
    }

    private int order(final int a, final int b) {
        return order(a, b, true);
    }

    private int order(final int a, final int b, final boolean byNumber) {
        int order = prints.compare(a, b);
        order = order == 0 ? Integer.compare(codes[a], codes[b]) : order;
        return order == 0 && byNumber ? Integer.compare(a, b) : order;
    }

    private void withinGroup(final Group group) {
        for (Node node : group.nodes) {
            for (Node other : group.nodes) {
                if (node != other) {
                    relate(node, other, Likeness.SAME);
                }
            }
            if (node.to - node.from > 1) {
                for (int i = node.from; i < node.to; i++) {
                    mark(members[i], members[i == node.from ? i + 1 : node.from], Likeness.SAME, Relation.SAME_CLASS);
                }
            }
        }
    }

    /** Notes what the images of one node are to those of another, one for all of them. */
    private void relate(final Node node, final Node other, final Likeness likeness) {
        final boolean otherLabel = node.code >> 8 != other.code >> 8;
        final boolean otherPart = (node.code & 0xff) != (other.code & 0xff);
        for (Relation relation : Relation.values()) {
            final boolean holds = switch (relation) {
                case OTHER_CLASS -> otherLabel;
                case OTHER_PART -> otherPart;
                case SAME_CLASS -> !otherLabel && !otherPart;
            };
            if (holds && !isMarked(members[node.from], likeness, relation)) {
                for (int i = node.from; i < node.to; i++) {
                    mark(members[i], members[other.from], likeness, relation);
                }
            }
        }
    }

    private static int kind(final Likeness likeness, final Relation relation) {
        return relation.ordinal() * Likeness.values().length + likeness.ordinal();
    }

    private boolean isMarked(final int image, final Likeness likeness, final Relation relation) {
        return (seen[image] >> kind(likeness, relation) & 1) != 0;
    }

    private void mark(final int image, final int twin, final Likeness likeness, final Relation relation) {
        if (isMarked(image, likeness, relation)) {
            return;
        }
        final int kind = kind(likeness, relation);
        seen[image] |= 1 << kind;
        final int label = codes[image] >> 8;
        counts.computeIfAbsent(label, l -> new int[KINDS])[kind]++;
        final List<DuplicatePair> some = examples.computeIfAbsent(label, l -> IntStream.range(0, KINDS).<List<DuplicatePair>> mapToObj(k -> new ArrayList<>()).toList())
            .get(kind);
        final var pair = new DuplicatePair(twin(Math.min(image, twin)), twin(Math.max(image, twin)));
        if (some.size() < EXAMPLES && !some.contains(pair)) {
            some.add(pair);
        }
    }

    private Twin twin(final int image) {
        return new Twin(image, keys.get(image), labels.get(codes[image] >> 8));
    }

    /** @return number of images that were not compared with all others */
    private int compare(final List<Group> groups, final TaskMonitor monitor) throws TaskCancelledException {
        final var signs = new BandIndex(i -> prints.signs(groups.get(i).first), groups.size(), Fingerprints.SIGNS);
        final var edges = new BandIndex(i -> prints.edges(groups.get(i).first), groups.size(), Fingerprints.EDGES);
        long looks = 0;
        for (int i = 0; i < groups.size(); i++) {
            monitor.checkCancelled();
            final Group group = groups.get(i);
            final IntConsumer candidate = other -> compare(group, groups.get(other));
            final long sign = prints.signs(group.first);
            final long edge = prints.edges(group.first);
            looks += signs.near(sign, i, candidate) + signs.near(Fingerprint.mirroredSigns(sign), i, candidate)
                + edges.near(edge, i, candidate) + edges.near(Fingerprint.mirroredEdges(edge), i, candidate);
            if (looks > mostLooks && i < groups.size() - 1) {
                return groups.subList(i + 1, groups.size()).stream().flatMap(g -> g.nodes.stream()).mapToInt(n -> n.to - n.from).sum();
            }
        }
        return 0;
    }

    private void compare(final Group a, final Group b) {
        if (prints.alike(a.first, b.first)) {
            for (Node node : a.nodes) {
                for (Node other : b.nodes) {
                    relate(node, other, Likeness.NEAR);
                    relate(other, node, Likeness.NEAR);
                }
            }
        }
    }

    private List<DuplicateCount> found() {
        final var found = new ArrayList<DuplicateCount>();
        final int[] order = IntStream.range(0, labels.size()).boxed().sorted(Comparator.comparing(labels::get, ClassNames.NATURAL)).mapToInt(Integer::intValue).toArray();
        for (Relation relation : Relation.values()) {
            for (Likeness likeness : Likeness.values()) {
                final int kind = kind(likeness, relation);
                for (int label : order) {
                    if (counts.containsKey(label) && counts.get(label)[kind] > 0) {
                        found.add(new DuplicateCount(likeness, relation, labels.get(label), counts.get(label)[kind], List.copyOf(examples.get(label).get(kind))));
                    }
                }
            }
        }
        return List.copyOf(found);
    }
}
