/** Backdoor attacks: triggers, and the choice of the images that get them (paper, Section 4). */
package org.spectralsignatures.attack;
