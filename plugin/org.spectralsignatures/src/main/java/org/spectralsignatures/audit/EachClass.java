package org.spectralsignatures.audit;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

import org.spectralsignatures.monitor.TaskCancelledException;

/** Takes the steps of an audit for each class: one class after the other on this machine, or several beside each other on many. */
public interface EachClass {

    /**
     * What is done with a class. It reads the images of its class and few others, and changes nothing.
     *
     * @param <S> what steps before found out about all classes, the same for each class
     * @param <T> what is found out about the class
     */
    interface Step<S, T> extends Serializable {

        /**
         * @param set with the images
         * @param label index of the class
         * @param shared what steps before found out
         * @return what is found out; it can be serialised
         */
        T of(AuditedSet set, int label, S shared) throws IOException, TaskCancelledException;
    }

    /**
     * @param <S> what steps before found out about all classes; it can be serialised
     * @param <T> what is found out about a class
     * @param name of the step, another one for each, in words
     * @param shared what steps before found out
     * @param step to be taken
     * @return what was found out, in the order of the classes
     * @throws IOException if there is no room for what is computed
     * @throws TaskCancelledException if somebody said so
     */
    <S, T> List<T> each(String name, S shared, Step<S, T> step) throws IOException, TaskCancelledException;
}
