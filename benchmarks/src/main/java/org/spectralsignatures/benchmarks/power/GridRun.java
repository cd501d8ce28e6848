package org.spectralsignatures.benchmarks.power;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.spectralsignatures.attack.AttackMode;

/**
 * A run of the grid, as a line of a grid's file states it.
 *
 * @param name unique, also the name of its folder
 * @param use tuning, calibration or evaluation
 * @param family of the attack; clean for none
 * @param attacks none, one or several
 * @param classes of the set
 * @param images of each class
 * @param seed of the set's images, the attacks, the networks
 * @param units of the network in each group
 * @param most epochs of a network
 * @param crops whether it is trained with crops and mirrored images
 */
record GridRun(String name, String use, String family, List<Attack> attacks, List<String> classes, int images, long seed, int units, int epochs,
    boolean crops) {

    /**
     * A backdoor.
     *
     * @param kind of trigger
     * @param source class whose images are marked
     * @param target their label
     * @param epsilon share of poison
     * @param mode what becomes of the originals
     */
    record Attack(String kind, String source, String target, double epsilon, AttackMode mode) {
        private static Attack parse(final String text) {
            final String[] parts = text.split(":");
            return new Attack(parts[0], parts[1], parts[2], Double.parseDouble(parts[3]),
                parts.length > 4 ? AttackMode.valueOf(parts[4].toUpperCase(Locale.ROOT).replace('-', '_')) : AttackMode.ADD);
        }
    }

    /** @param line name,use,family,attacks,classes,images,seed,units,epochs,crops */
    static GridRun parse(final String line) {
        final String[] f = line.split(",", -1);
        return new GridRun(f[0], f[1], f[2], f[3].isEmpty() ? List.of() : Arrays.stream(f[3].split(" ")).map(Attack::parse).toList(),
            List.of(f[4].split(" ")), Integer.parseInt(f[5]), Long.parseLong(f[6]), Integer.parseInt(f[7]), Integer.parseInt(f[8]),
            Boolean.parseBoolean(f[9]));
    }
}
