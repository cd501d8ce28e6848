/** The node 'Backdoor Injector'. */
package org.spectralsignatures.nodes.injector;
