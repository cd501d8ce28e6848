/** Which rows of many are removed, given their scores and ranks: the library's rules, which need no more than numbers of each class. */
package org.spectralsignatures.spark.remove;
