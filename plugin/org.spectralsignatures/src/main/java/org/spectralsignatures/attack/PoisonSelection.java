package org.spectralsignatures.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Chooses at random, from a seed, which images of the sample class are poisoned. */
public final class PoisonSelection {

    private PoisonSelection() {
    }

    /**
     * @param labels one for each row of the clean training set
     * @param backdoor the attack
     * @return indices of the rows to mark, ascending
     * @throws IllegalArgumentException if a class is absent, the sample class has too few rows, or epsilon asks for none
     */
    public static int[] select(final List<String> labels, final Backdoor backdoor) {
        final var candidates = new ArrayList<Integer>();
        int targets = 0;
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).equals(backdoor.sampleClass())) {
                candidates.add(i);
            } else if (labels.get(i).equals(backdoor.targetClass())) {
                targets++;
            }
        }
        present("sample", backdoor.sampleClass(), candidates.size());
        present("target", backdoor.targetClass(), targets);
        final int count = backdoor.poisonCount(targets);
        if (count == 0) {
            throw new IllegalArgumentException("Epsilon %s of the %d images of the target class '%s' is less than one image: raise epsilon."
                .formatted(backdoor.epsilon(), targets, backdoor.targetClass()));
        }
        if (count > candidates.size()) {
            throw new IllegalArgumentException(
                "Epsilon %s of the %d images of the target class '%s' asks for %d images to poison, but the sample class '%s' has only %d: lower epsilon."
                    .formatted(backdoor.epsilon(), targets, backdoor.targetClass(), count, backdoor.sampleClass(), candidates.size()));
        }
        final int[] chosen = draw(candidates, count, new SplittableRandom(backdoor.seed()));
        Arrays.sort(chosen);
        return chosen;
    }

    private static void present(final String role, final String label, final int rows) {
        if (rows == 0) {
            throw new IllegalArgumentException("The %s class '%s' has no images in the table.".formatted(role, label));
        }
    }

    /** The first steps of a Fisher-Yates shuffle. */
    private static int[] draw(final List<Integer> candidates, final int count, final SplittableRandom random) {
        final int[] pool = candidates.stream().mapToInt(Integer::intValue).toArray();
        for (int i = 0; i < count; i++) {
            final int j = random.nextInt(i, pool.length);
            final int swapped = pool[i];
            pool[i] = pool[j];
            pool[j] = swapped;
        }
        return Arrays.copyOf(pool, count);
    }
}
