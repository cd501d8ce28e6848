package org.spectralsignatures.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingFactsTest {

    @Test
    void accuracyThatIsTooLowIsDoubtedBeforeCropsAre() {
        assertEquals("the training accuracy is only 89.9%, so that a backdoor may not have been learned (at least 90% are needed): "
            + "train more epochs, or more filters or hidden units",
            new TrainingFacts(.89999, true, 3, 40).doubt());
        assertTrue(new TrainingFacts(.9, true, 3, 40).doubt().contains("crops"));
        assertNull(new TrainingFacts(.9, false, 3, 40).doubt());
    }

    @Test
    void wordsDoNotHangOnTheLanguage() {
        final Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("training accuracy 99.9% after 1 epoch", new TrainingFacts(.99999, false, 1, 40).describe());
            assertEquals("training accuracy 50.0% after 3 epochs with crops", new TrainingFacts(.5, true, 3, 40).describe());
            assertTrue(new TrainingFacts(.5, true, 3, 40).doubt().contains("50.0%"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN, 1, 1", "-0.1, 1, 1", "1.1, 1, 1", "Infinity, 1, 1", "1, 0, 1", "1, 1, 0"})
    void impossibleTrainingsAreRefused(final double accuracy, final int epochs, final long images) {
        assertThrows(IllegalArgumentException.class, () -> new TrainingFacts(accuracy, false, epochs, images));
    }
}
