/** Space on disk: reserved before it is mapped, temporary files that outlive no process, and files that appear whole or not at all. */
package org.spectralsignatures.storage;
