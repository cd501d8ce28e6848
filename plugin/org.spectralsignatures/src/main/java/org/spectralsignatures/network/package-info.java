/** The networks that can be trained, what is known of a trained one, and how it is kept. */
package org.spectralsignatures.network;
