/** Damaged and hostile files of every kind that the product reads, made from whole ones with a fixed seed. */
package org.spectralsignatures.host.tests.fuzz;
