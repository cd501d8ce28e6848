/** The audit of labelled images: the library's steps, each class in a task, on images that lie as pixels on a file system of all machines. */
package org.spectralsignatures.spark.audit;
