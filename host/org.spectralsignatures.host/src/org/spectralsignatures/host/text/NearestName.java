package org.spectralsignatures.host.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that somebody probably meant who wrote another one. */
public final class NearestName {

    private NearestName() {
    }

    /**
     * @param written what is no name
     * @param names those there are
     * @return {@code "; did you mean 'epochs'?"} or, where no name is near, a full stop
     */
    public static String suggestion(final String written, final Collection<String> names) {
        return of(written, names).map(name -> "; did you mean '" + VisibleText.line(name) + "'?").orElse(".");
    }

    /** @return the nearest of the names, if a third of the letters or fewer have to change, whatever their case */
    public static Optional<String> of(final String written, final Collection<String> names) {
        final String text = written.toLowerCase(Locale.ROOT);
        return names.stream().filter(name -> distance(text, name.toLowerCase(Locale.ROOT)) <= Math.max(1, Math.max(written.length(), name.length()) / 3))
            .min(Comparator.comparingInt(name -> distance(text, name.toLowerCase(Locale.ROOT))));
    }

    /** Levenshtein's distance: letters to insert, remove or replace, or to swap with the next one. */
    private static int distance(final String a, final String b) {
        if (Math.abs(a.length() - b.length()) > 20 || a.length() > 500) {
            return Integer.MAX_VALUE;
        }
        int[] last = null;
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                row[j] = Math.min(Math.min(row[j - 1], before[j]) + 1, before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], last[j - 2] + 1);
                }
            }
            last = before;
            before = row;
        }
        return before[b.length()];
    }
}
