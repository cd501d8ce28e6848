package org.spectralsignatures.representation.file;

import java.io.IOException;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;
import org.spectralsignatures.monitor.TaskMonitor;
import org.spectralsignatures.representation.RepresentationBuilder;

/** One kind of file that holds vectors. Its number of values a row is known before they are read. Messages of its exceptions name the file. */
interface VectorSource {

    /** @return what the vectors are called: the file, and of an archive the array */
    String name();

    /** @return n, counted where the file does not say it */
    long rows(TaskMonitor monitor) throws IOException, TaskCancelledException;

    /** @return d */
    long dimensions();

    /** Gives all rows, in their order. */
    void read(RepresentationBuilder to, TaskMonitor monitor) throws IOException, TaskCancelledException;

    /** @return how the file was understood, as sentences that a user should see */
    List<String> notes();
}
