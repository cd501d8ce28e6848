package org.spectralsignatures.attack;

/**
 * A backdoor attack: marked images of a sample class are to be taken for the target class.
 *
 * @param trigger the mark
 * @param sampleClass label of the images that are marked when the network is in use, and but for clean labels in training
 * @param targetClass label that marked training images have
 * @param epsilon number of poisoned images as a share of the target class's clean images, above 0 and at most 1
 * @param mode what becomes of the originals
 * @param seed of the choice of images
 */
public record Backdoor(Trigger trigger, String sampleClass, String targetClass, double epsilon, AttackMode mode, long seed) {

    /** @throws IllegalArgumentException if epsilon is out of range or both classes are the same */
    public Backdoor {
        checkEpsilon(epsilon);
        checkClasses(sampleClass, targetClass);
    }

    /**
     * @param epsilon a share of the target class's images
     * @return the same
     * @throws IllegalArgumentException if it is out of range
     */
    public static double checkEpsilon(final double epsilon) {
        if (!(epsilon > 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("Epsilon is %s, but must be above 0 and at most 1.".formatted(epsilon));
        }
        return epsilon;
    }

    /**
     * @param sampleClass the class of the originals
     * @param targetClass the class that marked images are to be taken for
     * @return the target class
     * @throws IllegalArgumentException if both are the same
     */
    public static String checkClasses(final String sampleClass, final String targetClass) {
        if (sampleClass.equals(targetClass)) {
            throw new IllegalArgumentException("Sample class and target class are both '%s': choose two different classes.".formatted(sampleClass));
        }
        return targetClass;
    }

    /**
     * @return the class whose training images are marked
     */
    public String markedClass() {
        return mode == AttackMode.CLEAN_LABEL ? targetClass : sampleClass;
    }

    /**
     * @param targetImages number of clean images of the target class
     * @return number of images to poison, {@code round(epsilon * targetImages)}
     */
    public int poisonCount(final int targetImages) {
        return (int)Math.round(epsilon * targetImages);
    }
}
