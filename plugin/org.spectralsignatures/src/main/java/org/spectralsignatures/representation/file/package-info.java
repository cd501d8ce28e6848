/** Representations in files of others: NumPy's, Parquet and CSV, with labels and keys of their rows. */
package org.spectralsignatures.representation.file;
