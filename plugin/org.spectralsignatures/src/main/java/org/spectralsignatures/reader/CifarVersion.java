package org.spectralsignatures.reader;

import java.util.List;
import java.util.stream.IntStream;

/** The binary versions of CIFAR (https://www.cs.toronto.edu/~kriz/cifar.html): their files, the bytes of a label, and the classes in their order. */
enum CifarVersion {

    /** Ten classes, one label byte. */
    TEN("CIFAR-10", "cifar-10-batches-bin", "data_batch_\\d+\\.bin", 5, "test_batch.bin", 1, 0,
        "airplane automobile bird cat deer dog frog horse ship truck"),

    /** A hundred classes: the second label byte. */
    HUNDRED_FINE("CIFAR-100", "cifar-100-binary", "train\\.bin", 1, "test.bin", 2, 1,
        "apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle caterpillar cattle chair "
            + "chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard "
            + "lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree pear "
            + "pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail "
            + "snake spider squirrel streetcar sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle wardrobe "
            + "whale willow_tree wolf woman worm"),

    /** Their twenty superclasses: the first label byte. */
    HUNDRED_COARSE("CIFAR-100", "cifar-100-binary", "train\\.bin", 1, "test.bin", 2, 0,
        "aquatic_mammals fish flowers food_containers fruit_and_vegetables household_electrical_devices household_furniture insects large_carnivores "
            + "large_man-made_outdoor_things large_natural_outdoor_scenes large_omnivores_and_herbivores medium_mammals non-insect_invertebrates people "
            + "reptiles small_mammals trees vehicles_1 vehicles_2");

    private final String title;

    private final String folder;

    private final String training;

    private final int trainingFiles;

    private final String test;

    private final int labelBytes;

    private final int labelAt;

    private final List<String> classes;

    CifarVersion(final String title, final String folder, final String training, final int trainingFiles, final String test, final int labelBytes, // NOSONAR
        final int labelAt, final String classes) {
        this.title = title;
        this.folder = folder;
        this.training = training;
        this.trainingFiles = trainingFiles;
        this.test = test;
        this.labelBytes = labelBytes;
        this.labelAt = labelAt;
        this.classes = List.of(classes.split(" "));
    }

    /** @return the set's name */
    String title() {
        return title;
    }

    /** @return name of the folder that its archive holds */
    String folder() {
        return folder;
    }

    boolean isTraining(final String file) {
        return file.matches(training);
    }

    boolean isTest(final String file) {
        return file.equals(test);
    }

    /** @return names of the training files */
    List<String> trainingFiles() {
        return this == TEN ? IntStream.rangeClosed(1, trainingFiles).mapToObj("data_batch_%d.bin"::formatted).toList() : List.of("train.bin");
    }

    /** @return name of the test file */
    String testFile() {
        return test;
    }

    /** @return number of bytes before the pixels of an image */
    int labelBytes() {
        return labelBytes;
    }

    /** @return the label of a record */
    int label(final byte[] record) {
        return record[labelAt] & 0xff;
    }

    /** @return names of the classes, by label */
    List<String> classes() {
        return classes;
    }
}
