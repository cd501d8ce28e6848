/** The representation of images that lie on many machines: decoded and run through a network where they are. */
package org.spectralsignatures.spark.extract;
