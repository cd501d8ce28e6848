/** The commands for Apache Spark: what a user types, and what comes of it. */
package org.spectralsignatures.spark;
