package org.spectralsignatures.writer;

/**
 * An image to write.
 *
 * @param key its row key, unique in the set
 * @param label its class; null where it is not known and no file is written
 * @param removed whether it was taken out of the set
 * @param encoded the content of an image file; null where that is not written
 * @param score by which it was taken out; null where it has none
 * @param rank in its class by score, from 1; null where it has none
 */
public record SetImage(String key, String label, boolean removed, byte[] encoded, Double score, Integer rank) { // NOSONAR never compared

    /** @return an image that stays */
    public static SetImage kept(final String key, final String label, final byte[] encoded) {
        return new SetImage(key, label, false, encoded, null, null);
    }
}
