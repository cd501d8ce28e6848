/** NumPy's files: arrays ({@code .npy}) and archives of them ({@code .npz}), read item by item. */
package org.spectralsignatures.numpy;
