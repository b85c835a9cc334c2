package org.inferencebridge.image;

import ij.measure.Calibration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.inferencebridge.v1.VolumeDescription;

/** ImageJ's calibration in µm and seconds, and back. */
final class Units {
    private static final Map<String, Double> MICROMETRES = new HashMap<>();
    private static final Map<String, Double> SECONDS = new HashMap<>();

    static {
        put(MICROMETRES, 1, "µm", "\u03bcm", "\\u00b5m", "um", "micron", "microns", "micrometer", "micrometers", "micrometre", "micrometres");
        put(MICROMETRES, 1e-3, "nm", "nanometer", "nanometers", "nanometre", "nanometres");
        put(MICROMETRES, 1e-4, "\u00e5", "\u212b", "angstrom");
        put(MICROMETRES, 1e-6, "pm");
        put(MICROMETRES, 1e3, "mm", "millimeter", "millimetre", "millimeters", "millimetres");
        put(MICROMETRES, 1e4, "cm", "centimeter", "centimetre");
        put(MICROMETRES, 1e6, "m", "meter", "metre");
        put(MICROMETRES, 25400, "in", "inch", "inches");
        put(SECONDS, 1, "s", "sec", "second", "seconds");
        put(SECONDS, 1e-3, "ms", "msec", "millisecond", "milliseconds");
        put(SECONDS, 1e-6, "µs", "\u03bcs", "us");
        put(SECONDS, 1e-9, "ns");
        put(SECONDS, 60, "min", "minute", "minutes");
        put(SECONDS, 3600, "h", "hour", "hours");
        put(SECONDS, 86400, "d", "day", "days");
    }

    private Units() {
    }

    /** Adds voxel size and frame interval; what is not a length or a time stays 0, unknown. */
    static void describe(final Calibration calibration, final int sliceStep, final int frameStep, final VolumeDescription.Builder builder) {
        final Double xUnit = MICROMETRES.get(key(calibration.getXUnit()));
        final Double yUnit = MICROMETRES.get(key(calibration.getYUnit()));
        final Double zUnit = MICROMETRES.get(key(calibration.getZUnit()));
        if (xUnit != null && yUnit != null && zUnit != null) {
            builder.setVoxelSizeXUm(known(calibration.pixelWidth * xUnit))
                .setVoxelSizeYUm(known(calibration.pixelHeight * yUnit))
                .setVoxelSizeZUm(known(calibration.pixelDepth * zUnit * sliceStep));
        }
        final Double timeUnit = SECONDS.get(key(calibration.getTimeUnit()));
        if (timeUnit != null) {
            builder.setFrameIntervalS(known(calibration.frameInterval * timeUnit * frameStep));
        }
    }

    /** Where the server changed nothing, the numbers stay to the last digit; what it changed comes in the image's units. */
    static void adopt(final VolumeDescription result, final VolumeDescription declared, final Calibration calibration) {
        calibration.pixelWidth = adopt(calibration.pixelWidth, result.getVoxelSizeXUm(), declared.getVoxelSizeXUm());
        calibration.pixelHeight = adopt(calibration.pixelHeight, result.getVoxelSizeYUm(), declared.getVoxelSizeYUm());
        calibration.pixelDepth = adopt(calibration.pixelDepth, result.getVoxelSizeZUm(), declared.getVoxelSizeZUm());
        calibration.frameInterval = adopt(calibration.frameInterval, result.getFrameIntervalS(), declared.getFrameIntervalS());
    }

    private static double adopt(final double own, final double result, final double declared) {
        final boolean isSame = Math.abs(result - declared) <= 1e-9 * Math.max(result, declared);
        return isSame || declared <= 0 || result <= 0 ? own : own * result / declared;
    }

    private static double known(final double value) {
        return value > 0 && !Double.isInfinite(value) ? value : 0;
    }

    private static String key(final String unit) {
        return unit == null ? "" : unit.trim().toLowerCase(Locale.ROOT);
    }

    private static void put(final Map<String, Double> map, final double factor, final String... units) {
        for (final String unit : units) {
            map.put(unit, factor);
        }
    }
}
