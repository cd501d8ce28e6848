/** Looks for marks that images of a class share, and asks the network whether they turn other images: the verdicts on a training set. */
package org.spectralsignatures.audit;
