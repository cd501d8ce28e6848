package org.spectralsignatures.removal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.spectralsignatures.removal.Verdict.Finding;

/**
 * What was found out about a whole set, in one sentence, and what to do about it.
 *
 * @param sentence the verdicts of all classes in one
 * @param nextStep what to do now
 */
public record Conclusion(String sentence, String nextStep) {

    /** So many classes or reasons are named; the others are counted. */
    private static final int NAMED = 3;

    /**
     * A class that was judged.
     *
     * @param label its name
     * @param verdict what was found out about it
     */
    public record Judged(String label, Verdict verdict) {
    }

    /**
     * @param classes all classes of the set that have images, at least one; those that come first are named first
     * @return the conclusion
     * @throws IllegalArgumentException if there is no class
     */
    public static Conclusion of(final List<Judged> classes) {
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("There is no class to judge.");
        }
        final List<Judged> poisoned = with(classes, Finding.POISONED);
        final List<Judged> clear = with(classes, Finding.NOTHING_FOUND);
        final List<Judged> open = with(classes, Finding.CANNOT_TELL);
        if (!poisoned.isEmpty()) {
            return new Conclusion(poisoned(poisoned, clear.size(), open.size()), afterPoison(poisoned, open.size()));
        }
        return open.isEmpty() ? new Conclusion(nothing(clear), afterNothing(clear)) : new Conclusion(open(open, clear), afterOpen(clear.isEmpty(), open.size()));
    }

    private static List<Judged> with(final List<Judged> classes, final Finding finding) {
        return classes.stream().filter(c -> c.verdict.finding() == finding).toList();
    }

    private static String poisoned(final List<Judged> poisoned, final int clear, final int open) {
        final int all = poisoned.size() + clear + open;
        final String head;
        if (all == 1) {
            head = "The only class is poisoned";
        } else if (poisoned.size() == 1) {
            head = "One of %d classes is poisoned".formatted(all);
        } else {
            head = (poisoned.size() == all ? "All %2$d" : "%d of %d").formatted(poisoned.size(), all) + " classes are poisoned";
        }
        return head + ": " + list(poisoned.stream().map(Conclusion::evidence).toList()) + rest(clear, open) + ".";
    }

    /** What was found in a poisoned class. */
    private static String evidence(final Judged poisoned) {
        final Verdict verdict = poisoned.verdict;
        final String p = verdict.pValue() == null ? "" : " (%s)".formatted(Verdict.probability(verdict.pValue()));
        if (verdict.images() == null) {
            return quote(poisoned.label) + p;
        }
        final boolean one = verdict.images() == 1;
        final String doing = verdict.looksLike() == null ? one ? "carries a mark" : "share a mark"
            : (one ? "looks like " : "look like ") + quote(verdict.looksLike());
        return "%s of %s %s%s".formatted(images(verdict.images()), quote(poisoned.label), doing, p);
    }

    private static String rest(final int clear, final int open) {
        if (open == 0) {
            return "";
        }
        return clear == 0 ? "; the other%s cannot be judged".formatted(open == 1 ? "" : " " + open)
            : "; nothing was found in %s, and %s cannot be judged".formatted(number(clear), number(open));
    }

    private static String afterPoison(final List<Judged> poisoned, final int open) {
        final int images = poisoned.stream().map(c -> c.verdict.images()).filter(Objects::nonNull).mapToInt(Integer::intValue).sum();
        final String suspicious = images == 0 ? "suspicious images" : images == 1 ? "suspicious image" : String.format(Locale.ROOT, "%,d suspicious images", images);
        return ("Look at the %s: a mark that %s, or a wrong label, settles it. Find out where such images come from, "
            + "train on the clean images, which lack them, and do not use a network that was trained on the whole set.")
            .formatted(suspicious, images == 1 ? "does not belong there" : "they share")
            + (open == 0 ? "" : " What keeps %s from being judged stands in its verdict.".formatted(open == 1 ? "the other class" : "each of the other %d".formatted(open)));
    }

    private static String nothing(final List<Judged> clear) {
        final String power = power(clear);
        return "Nothing was found in %s%s.".formatted(clear.size() == 1 ? "the only class" : clear.size() + " classes",
            power == null ? "" : "; poison of %s of a class or more would have been found".formatted(power));
    }

    private static String afterNothing(final List<Judged> clear) {
        return ("Nothing was taken out. That is no proof: %striggers that move about or differ from image to image are not found, nor marks that were lost where images "
            + "were cropped or made smaller, so look at images of doubtful origin all the same.")
            .formatted(power(clear) == null ? "" : "less poison than that, and ");
    }

    private static String open(final List<Judged> open, final List<Judged> clear) {
        final Map<String, List<Judged>> byReason =
            open.stream().collect(Collectors.groupingBy(c -> Objects.requireNonNullElse(c.verdict.reason(), "no reason is known"), LinkedHashMap::new, Collectors.toList()));
        final int all = open.size() + clear.size();
        final String head = clear.isEmpty() ? all == 1 ? "The only class cannot be judged" : "None of %d classes can be judged".formatted(all)
            : "Of %d classes %s cannot be judged".formatted(all, number(open.size()));
        final String reasons = clear.isEmpty() && byReason.size() == 1 ? byReason.keySet().iterator().next()
            : list(byReason.entrySet().stream().map(e -> "%s (%s)".formatted(list(e.getValue().stream().map(c -> quote(c.label)).toList()), e.getKey())).toList());
        if (clear.isEmpty()) {
            return "%s: %s.".formatted(head, reasons);
        }
        final String power = power(clear);
        return "%s: %s; nothing was found in the other%s%s.".formatted(head, reasons, clear.size() == 1 ? "" : " " + clear.size(),
            power == null ? "" : " (poison of %s of a class or more would have been)".formatted(power));
    }

    private static String afterOpen(final boolean all, final int open) {
        return "Mend what the reason names, and run it again. Until then %s not examined.".formatted(all ? "the set is" : open == 1 ? "this class is" : "these classes are");
    }

    /** The smallest share of poison that would have been found in each of some classes; null if it is not known of all. */
    private static String power(final List<Judged> clear) {
        if (clear.stream().anyMatch(c -> c.verdict.power() == null)) {
            return null;
        }
        final double share = clear.stream().map(c -> c.verdict.power()).max(Comparator.naturalOrder()).orElseThrow();
        return new BigDecimal(100 * share).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString() + "%";
    }

    private static String list(final List<String> parts) {
        final List<String> named = new ArrayList<>(parts.subList(0, Math.min(NAMED, parts.size())));
        final String last = parts.size() > NAMED ? parts.size() - NAMED + " more" : named.remove(named.size() - 1);
        return named.isEmpty() ? last : String.join(", ", named) + " and " + last;
    }

    private static String images(final int n) {
        return n == 1 ? "1 image" : String.format(Locale.ROOT, "%,d images", n);
    }

    private static String number(final int n) {
        return n == 1 ? "one" : Integer.toString(n);
    }

    private static String quote(final String name) {
        return "'" + name + "'";
    }
}
