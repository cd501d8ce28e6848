/** Texts that come from files and users: compared, made visible, and made safe as file names and in spreadsheets. */
package org.spectralsignatures.host.text;
