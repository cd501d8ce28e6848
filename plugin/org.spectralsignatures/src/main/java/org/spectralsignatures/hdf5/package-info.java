/** HDF5 files from strangers: their groups, attributes that are texts, and arrays of numbers, without a library. */
package org.spectralsignatures.hdf5;
