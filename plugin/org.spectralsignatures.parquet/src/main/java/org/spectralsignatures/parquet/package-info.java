/** Tables in Parquet files, read row by row: what their columns are, and the values. */
package org.spectralsignatures.parquet;
