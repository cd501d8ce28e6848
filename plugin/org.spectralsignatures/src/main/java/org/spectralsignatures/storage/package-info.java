/** Space on disk: reserved before it is mapped, temporary files that outlive no process, and the folder of the native libraries. */
package org.spectralsignatures.storage;
