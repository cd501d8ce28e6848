package org.spectralsignatures.image;

import java.util.Locale;

/** Counts what images lose when they are brought to one size: edges that are cut off, and pixels that become one. */
public final class FitLosses {

    private final ImageFit fit;

    private int cut;

    private String firstCut;

    private double mostCut;

    private int shrunk;

    private String firstShrunk;

    private double mostShrunk;

    /** @param fit that is applied to all images */
    public FitLosses(final ImageFit fit) {
        this.fit = fit;
    }

    /**
     * @param key of the first image of this size that was not added yet
     * @param from size of images before they are fitted
     * @param images number of them
     */
    public void add(final String key, final ImageShape from, final int images) {
        final double scale = fit.scale(from);
        if (scale > 1) {
            firstShrunk = firstShrunk == null ? key : firstShrunk;
            shrunk += images;
            mostShrunk = Math.max(mostShrunk, scale);
        }
        if (fit.cuts(from)) {
            firstCut = firstCut == null ? key : firstCut;
            cut += images;
            mostCut = Math.max(mostCut, 1 - fit.kept(from));
        }
    }

    /** @return number of images that lost at least one row or column of pixels at their edges */
    public int cut() {
        return cut;
    }

    /** @return the first of them, null if there is none */
    public String firstCut() {
        return firstCut;
    }

    /** @return number of images of which several pixels became one */
    public int shrunk() {
        return shrunk;
    }

    /** @return the first of them, null if there is none */
    public String firstShrunk() {
        return firstShrunk;
    }

    /** @return the largest loss in words */
    public String ofCut() {
        return percent(mostCut) + " of an image";
    }

    /** @return how much the images were shrunk, in words */
    public String ofShrunk() {
        return String.format(Locale.ROOT, "up to %.1f pixels of an edge became one", mostShrunk);
    }

    /** @return what speaks against using the images as they are, as a sentence; empty if no edges were cut off */
    public String doubt() {
        return cut == 0 ? "" : String.format(Locale.ROOT, "%,d image%s lost edges to get %d x %d pixels (up to %s): a mark there is lost, too, and is not looked for."
            + " Padding or stretching keeps the edges.", cut, cut == 1 ? "" : "s", fit.width(), fit.height(), ofCut());
    }

    private static String percent(final double share) {
        return share < .01 ? "less than 1%" : Math.round(100 * share) + "%";
    }
}
