/** Training: schedule, heavy-ball updates, augmentation, the loop itself. */
package org.spectralsignatures.training;
