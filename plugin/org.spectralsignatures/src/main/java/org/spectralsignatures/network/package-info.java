/** The networks that can be trained, and what is known of a trained one. */
package org.spectralsignatures.network;
