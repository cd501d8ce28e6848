/** Outlier scores from the spectrum of each class, of rows that lie on many machines: the library's method, all classes at once. */
package org.spectralsignatures.spark.score;
