/**
 * The arithmetic of the network's layers on float arrays in NHWC order ({@code [n, h, w, c]}, dense): convolutions on oneDNN
 * or ND4J, batch normalisation fused with the rectifier, and the shortcut.
 */
package org.spectralsignatures.engine.cpu.kernels;
