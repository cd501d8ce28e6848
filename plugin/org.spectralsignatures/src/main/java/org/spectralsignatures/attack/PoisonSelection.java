package org.spectralsignatures.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

import org.spectralsignatures.image.RandomDraw;

/** Chooses at random, from a seed, which images are poisoned. */
public final class PoisonSelection {

    private PoisonSelection() {
    }

    /**
     * @param labels one for each row of the training set
     * @param poisoned the rows that an earlier attack has poisoned: they are neither marked again nor counted
     * @param backdoor the attack
     * @return indices of the rows to mark, ascending
     * @throws IllegalArgumentException if a class is absent, there are too few rows to mark, or epsilon asks for none
     */
    public static int[] select(final List<String> labels, final BitSet poisoned, final Backdoor backdoor) {
        final var candidates = new ArrayList<Integer>();
        int samples = 0;
        int targets = 0;
        for (int i = poisoned.nextClearBit(0); i < labels.size(); i = poisoned.nextClearBit(i + 1)) {
            final String label = labels.get(i);
            samples += label.equals(backdoor.sampleClass()) ? 1 : 0;
            targets += label.equals(backdoor.targetClass()) ? 1 : 0;
            if (label.equals(backdoor.markedClass())) {
                candidates.add(i);
            }
        }
        present("sample", backdoor.sampleClass(), samples);
        present("target", backdoor.targetClass(), targets);
        final int count = backdoor.poisonCount(targets);
        if (count == 0) {
            throw new IllegalArgumentException("Epsilon %s of the %d images of the target class '%s' is less than one image: raise epsilon."
                .formatted(backdoor.epsilon(), targets, backdoor.targetClass()));
        }
        if (count > candidates.size()) {
            throw new IllegalArgumentException(
                "Epsilon %s of the %d images of the target class '%s' asks for %d images to poison, but the sample class '%s' has only %d: lower epsilon."
                    .formatted(backdoor.epsilon(), targets, backdoor.targetClass(), count, backdoor.markedClass(), candidates.size()));
        }
        final int[] chosen = RandomDraw.of(candidates.stream().mapToInt(Integer::intValue).toArray(), count, new SplittableRandom(backdoor.seed()));
        Arrays.sort(chosen);
        return chosen;
    }

    private static void present(final String role, final String label, final int rows) {
        if (rows == 0) {
            throw new IllegalArgumentException("The %s class '%s' has no images in the table.".formatted(role, label));
        }
    }
}
