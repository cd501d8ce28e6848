/** What a network computes, as data: steps with their numbers and the parameters they need. Where it is computed is the engine's affair. */
package org.spectralsignatures.network.plan;
