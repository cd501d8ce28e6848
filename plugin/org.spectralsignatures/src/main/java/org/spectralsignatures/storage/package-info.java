/** Space on disk: reserved before it is mapped, and temporary files that outlive no process. */
package org.spectralsignatures.storage;
