/** Classes of settings by reflection: how they are saved and loaded, and what their settings are called. */
package org.spectralsignatures.host.parameters;
