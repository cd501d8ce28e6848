/** Looks for marks that images of a class share, asks a network whether they turn other images into the class, and gives a verdict. */
package org.spectralsignatures.audit;
