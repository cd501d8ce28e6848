package org.spectralsignatures.audit;

/** The orthonormal discrete cosine transform (DCT-II) of planes of one size, by two products with matrices. */
final class CosineTransform {

    private final double[][] m_rows;

    private final double[][] m_columns;

    CosineTransform(final int height, final int width) {
        m_rows = basis(height);
        m_columns = basis(width);
    }

    private static double[][] basis(final int n) {
        final var basis = new double[n][n];
        for (int k = 0; k < n; k++) {
            for (int x = 0; x < n; x++) {
                basis[k][x] = Math.sqrt((k == 0 ? 1. : 2.) / n) * Math.cos(Math.PI * (x + .5) * k / n);
            }
        }
        return basis;
    }

    /**
     * @param plane {@code [height * width]}, row by row; replaced by its coefficients, the lowest frequency first
     */
    void forward(final double[] plane) {
        final int h = m_rows.length;
        final int w = m_columns.length;
        final var half = new double[h * w];
        for (int y = 0; y < h; y++) {
            for (int v = 0; v < w; v++) {
                double sum = 0;
                for (int x = 0; x < w; x++) {
                    sum += plane[y * w + x] * m_columns[v][x];
                }
                half[y * w + v] = sum;
            }
        }
        for (int u = 0; u < h; u++) {
            for (int v = 0; v < w; v++) {
                double sum = 0;
                for (int y = 0; y < h; y++) {
                    sum += half[y * w + v] * m_rows[u][y];
                }
                plane[u * w + v] = sum;
            }
        }
    }

    /**
     * @param coefficients {@code [height * width]}; replaced by the plane that has them
     */
    void backward(final double[] coefficients) {
        final int h = m_rows.length;
        final int w = m_columns.length;
        final var half = new double[h * w];
        for (int y = 0; y < h; y++) {
            for (int u = 0; u < h; u++) {
                final double weight = m_rows[u][y];
                for (int v = 0; v < w; v++) {
                    half[y * w + v] += coefficients[u * w + v] * weight;
                }
            }
        }
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double sum = 0;
                for (int v = 0; v < w; v++) {
                    sum += half[y * w + v] * m_columns[v][x];
                }
                coefficients[y * w + x] = sum;
            }
        }
    }

    /**
     * @param index of a coefficient
     * @return its frequency, from 0 to nearly 2, where 1 is half a period a pixel in one direction
     */
    double frequency(final int index) {
        final int row = index / m_columns.length;
        final int column = index % m_columns.length;
        return (double)row / m_rows.length + (double)column / m_columns.length;
    }
}
