package org.spectralsignatures.synthetic;

/** A family of patterns that look the same when mirrored, with a brightness from -1 to 1 at each point. */
enum Texture {

    ROWS {
        @Override
        double at(final double x, final double y) {
            return Math.sin(y);
        }
    },

    COLUMNS {
        @Override
        double at(final double x, final double y) {
            return Math.sin(x);
        }
    },

    CHECKS {
        @Override
        double at(final double x, final double y) {
            return Math.sin(x) * Math.sin(y);
        }
    },

    RINGS {
        @Override
        double at(final double x, final double y) {
            return Math.sin(Math.hypot(x - CENTRE, y - CENTRE));
        }
    },

    LATTICE {
        @Override
        double at(final double x, final double y) {
            return Math.max(Math.sin(x + y), Math.sin(x - y));
        }
    },

    DOTS {
        @Override
        double at(final double x, final double y) {
            return Math.sin(x) + Math.sin(y) > DOT_THRESHOLD ? 1 : -.5;
        }
    };

    private static final double CENTRE = 9;

    private static final double DOT_THRESHOLD = .9;

    /**
     * @param x to the right, in radians of the pattern
     * @param y downwards, in radians of the pattern
     * @return brightness from -1 to 1
     */
    abstract double at(double x, double y);
}
