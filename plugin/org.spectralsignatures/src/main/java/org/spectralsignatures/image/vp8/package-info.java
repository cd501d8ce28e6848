/** The pictures within WebP files: lossy ones (VP8, RFC 6386) and lossless ones (VP8L). */
package org.spectralsignatures.image.vp8;
