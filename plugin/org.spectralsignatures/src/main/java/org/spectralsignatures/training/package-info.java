/** Training: schedule, augmentation, the loop itself, and the checkpoints from which it goes on. */
package org.spectralsignatures.training;
