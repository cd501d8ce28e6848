package org.spectralsignatures.removal;

import java.io.Serializable;
import java.util.Locale;

/**
 * What was found out about a class, in the words that users read everywhere.
 *
 * @param finding one of three
 * @param text the finding in words, with all that follows
 * @param reason why it cannot be told; null if it can
 * @param images number of poisoned images; null if unknown
 * @param pValue probability of such evidence in a clean class; null if unknown
 * @param looksLike the class that the poisoned images look to come from; null if unknown
 * @param power the smallest share of poison, 0 to 1, that would have been found; null if unknown
 */
public record Verdict(Finding finding, String text, String reason, Integer images, Double pValue, String looksLike, Double power)
    implements Serializable {

    /** What can be found. */
    public enum Finding {
        /** The class is called poisoned. */
        POISONED("poisoned"),

        /** Nothing speaks for poison, which does not say that there is none. */
        NOTHING_FOUND("nothing found"),

        /** There is too little to go by. */
        CANNOT_TELL("cannot tell");

        private final String m_text;

        Finding(final String text) {
            m_text = text;
        }

        /** @return as users read it */
        public String text() {
            return m_text;
        }
    }

    /**
     * Reads a verdict from its words, as they stand in a table.
     *
     * @param text as {@link #text()} gives it
     * @return finding, text and reason; the rest stays unknown
     * @throws IllegalArgumentException if it is no verdict
     */
    public static Verdict read(final String text) {
        for (Finding finding : Finding.values()) {
            if (text.startsWith(finding.m_text)) {
                final String reason = finding == Finding.CANNOT_TELL ? text.substring(Math.min(text.length(), finding.m_text.length() + 2)) : null;
                return new Verdict(finding, text, reason, null, null, null, null);
            }
        }
        throw new IllegalArgumentException("'%s' is no verdict.".formatted(text));
    }

    /**
     * @param images number of poisoned images
     * @param pValue probability of such evidence in a clean class
     * @param looksLike the class that they look to come from; null if unknown
     * @return the verdict of a poisoned class
     */
    public static Verdict poisoned(final int images, final double pValue, final String looksLike) {
        final String from = looksLike == null ? "" : images == 1 ? " that looks like '%s'".formatted(looksLike) : " that look like '%s'".formatted(looksLike);
        return new Verdict(Finding.POISONED, String.format(Locale.ROOT, "%s: %,d %s%s (%s)", Finding.POISONED.m_text, images,
            images == 1 ? "image" : "images", from, probability(pValue)), null, images, pValue, looksLike, null);
    }

    /** @return a p-value as users read it */
    static String probability(final double p) {
        if (p < 1e-12) {
            return "p < 1e-12";
        }
        return "p = " + (p < .001 ? String.format(Locale.ROOT, "%.0e", p).replace("e-0", "e-") : String.format(Locale.ROOT, "%.3f", p));
    }

    /**
     * @param power the smallest share of poison, 0 to 1, that would have been found; NaN if unknown
     * @return the verdict of a class in which nothing was found
     */
    public static Verdict nothingFound(final double power) {
        final String text = Finding.NOTHING_FOUND.m_text
            + (Double.isNaN(power) ? "" : String.format(Locale.ROOT, " (%.1f%% of poison or more would have been)", 100 * power));
        return new Verdict(Finding.NOTHING_FOUND, text, null, null, null, null, Double.isNaN(power) ? null : power);
    }

    /**
     * @param sets in which it was not measured how little poison is found, for example {@code sets of more than 10 classes}
     * @return the verdict of a class in which nothing was found, in such a set
     */
    public static Verdict nothingFoundIn(final String sets) {
        return new Verdict(Finding.NOTHING_FOUND, "%s (how little would have been is not known for %s)".formatted(Finding.NOTHING_FOUND.m_text, sets), null,
            null, null, null, null);
    }

    /**
     * @param reason why, and what to do
     * @return the verdict where there is none
     */
    public static Verdict cannotTell(final String reason) {
        return new Verdict(Finding.CANNOT_TELL, Finding.CANNOT_TELL.m_text + ": " + reason, reason, null, null, null, null);
    }

    /**
     * @param doubt why a backdoor may not have been learned; null if nothing speaks for that
     * @return that it cannot be told, for that reason, if nothing was found; else this verdict
     */
    public Verdict doubting(final String doubt) {
        return doubt == null || finding != Finding.NOTHING_FOUND ? this : cannotTell(doubt);
    }

    /**
     * The verdict of scores alone.
     *
     * @param rows number of the class's scores
     * @param statistic of the tail test; NaN if it could not be made
     * @param poisoned whether the class is called poisoned
     * @return the verdict
     */
    public static Verdict of(final int rows, final double statistic, final boolean poisoned) {
        if (poisoned) {
            return new Verdict(Finding.POISONED, Finding.POISONED.m_text, null, null, null, null, null);
        }
        if (rows < CutOff.FEWEST) {
            return cannotTell("too few images to tell (%d; %d are needed)".formatted(rows, CutOff.FEWEST));
        }
        return Double.isNaN(statistic) ? cannotTell("the highest scores are all the same or no numbers") : nothingFound(Double.NaN);
    }
}
