/** Training: schedule, augmentation, the loop itself. */
package org.spectralsignatures.training;
