/** Decoders of PNG, JPEG, GIF, BMP, TIFF, WebP and PNM files, and the encoder of PNG files. */
package org.spectralsignatures.image.codec;
