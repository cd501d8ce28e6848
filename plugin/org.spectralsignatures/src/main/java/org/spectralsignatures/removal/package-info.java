/** Which rows are removed, given their scores (paper, Algorithm 1, line 10). */
package org.spectralsignatures.removal;
