/** Clusters of representations, which stand in for classes where there are no labels. */
package org.spectralsignatures.clustering;
