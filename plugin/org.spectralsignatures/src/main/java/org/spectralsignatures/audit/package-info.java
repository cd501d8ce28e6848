/** Asks two networks about a training set, one that may have learned a backdoor and one that should not have, and gives a verdict. */
package org.spectralsignatures.audit;
