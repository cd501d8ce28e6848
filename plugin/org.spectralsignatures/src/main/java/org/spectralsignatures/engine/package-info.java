/** Where networks are computed: what an engine offers, and the look-up that finds one. No type of a numeric library crosses it. */
package org.spectralsignatures.engine;
