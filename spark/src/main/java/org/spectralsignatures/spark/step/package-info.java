/** Steps of a long computation whose results lie in folders, so that a second run goes on behind those that are finished. */
package org.spectralsignatures.spark.step;
