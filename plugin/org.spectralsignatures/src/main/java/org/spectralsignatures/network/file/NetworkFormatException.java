package org.spectralsignatures.network.file;

import java.io.IOException;

/** Says what is wrong with a saved network; whoever knows the file's name puts it in front. */
public class NetworkFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message without the file's name; a full stop at its end, as other messages have that are quoted, is taken away */
    public NetworkFormatException(final String message) {
        super(message.replaceAll("\\.+$", ""));
    }
}
