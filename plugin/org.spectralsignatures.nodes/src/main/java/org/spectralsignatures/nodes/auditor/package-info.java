/** The node 'Backdoor Auditor'. */
package org.spectralsignatures.nodes.auditor;
