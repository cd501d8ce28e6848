package org.spectralsignatures.removal;

/**
 * What the scores of a class say about it, in the words that users read.
 *
 * @param finding one of three
 * @param text the finding in words, with the reason if it cannot be told
 * @param reason why it cannot be told; null if it can
 */
public record Verdict(Finding finding, String text, String reason) {

    /** What can be found. */
    public enum Finding {
        /** The class is called poisoned. */
        POISONED("poisoned"),

        /** Nothing speaks for poison, which does not say that there is none. */
        NOTHING_FOUND("nothing found"),

        /** The scores do not allow a verdict. */
        CANNOT_TELL("cannot tell");

        private final String m_text;

        Finding(final String text) {
            m_text = text;
        }
    }

    private static Verdict of(final Finding finding) {
        return new Verdict(finding, finding.m_text, null);
    }

    private static Verdict cannotTell(final String reason) {
        return new Verdict(Finding.CANNOT_TELL, Finding.CANNOT_TELL.m_text + ": " + reason, reason);
    }

    /**
     * @param rows number of the class's scores
     * @param statistic of the tail test; NaN if it could not be made
     * @param poisoned whether the class is called poisoned
     * @return the verdict
     */
    public static Verdict of(final int rows, final double statistic, final boolean poisoned) {
        if (poisoned) {
            return of(Finding.POISONED);
        }
        if (rows < CutOff.FEWEST) {
            return cannotTell("too few images to tell (%d; %d are needed)".formatted(rows, CutOff.FEWEST));
        }
        return Double.isNaN(statistic) ? cannotTell("the highest scores are all the same or no numbers") : of(Finding.NOTHING_FOUND);
    }
}
