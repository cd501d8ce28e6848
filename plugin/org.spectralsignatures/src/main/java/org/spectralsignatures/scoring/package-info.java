/** Outlier scores from the spectrum of each class (paper, Algorithm 1, lines 4 to 9). */
package org.spectralsignatures.scoring;
