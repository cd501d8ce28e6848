/** Tables in Parquet files, read row by row: what their columns are, and the values; lists of numbers are written, too. */
package org.spectralsignatures.parquet;
