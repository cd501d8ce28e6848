/** Labelled vectors in Parquet files: how they are read, checked and grouped. */
package org.spectralsignatures.spark.vector;
