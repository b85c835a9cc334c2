package org.inferencebridge.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.LUT;
import org.inferencebridge.v1.VolumeDescription;

/** Makes an image of a result, with everything that belonged to the image that it came from. */
public final class ResultImage {
    private final ImagePlus source;
    private final Selection selection;
    private final VolumeDescription declared;

    /**
     * @param source the image that was sent
     * @param selection its part
     * @param declared as it was declared to the server
     */
    public ResultImage(final ImagePlus source, final Selection selection, final VolumeDescription declared) {
        this.source = source;
        this.selection = selection;
        this.declared = declared;
    }

    /**
     * @param title of the new image
     * @param store holds the result
     * @param provenance line for the image's Info
     */
    public ImagePlus create(final String title, final ResultStore store, final String provenance) {
        final ResultShape shape = store.result();
        final ImageStack stack = store.stack(labels(shape));
        ImagePlus image = new ImagePlus(title, stack);
        image.setDimensions(shape.channels(), shape.slices(), shape.frames());
        image.setCalibration(calibration(shape));
        image = copyDisplay(image, shape);
        if (stack.getSize() > 1 && (source.isHyperStack() || shape.channels() > 1 || (shape.slices() > 1 && shape.frames() > 1))) {
            image.setOpenAsHyperStack(true);
        }
        copyProperties(image, provenance);
        if (hasSameSizes(shape)) {
            image.setOverlay(OverlayCopy.of(source, selection));
            image.setHideOverlay(source.getHideOverlay());
        }
        return image;
    }

    /** Moves a result that is shown to the plane that the image shows; earlier, its scroll bars would not follow. */
    public void follow(final ImagePlus image) {
        final int[] shown = selection.position(source.getC(), source.getZ(), source.getT());
        image.setPosition(Math.min(place(selection.channels(), shown[0]), image.getNChannels()),
            Math.min(place(selection.slices(), shown[1]), image.getNSlices()),
            Math.min(place(selection.frames(), shown[2]), image.getNFrames()));
    }

    private static int place(final IndexRange range, final int index) {
        return Math.max(0, range.placeOf(index)) + 1;
    }

    private String[] labels(final ResultShape shape) {
        if (shape.channels() != selection.channels().count() || shape.slices() != selection.slices().count()
            || shape.frames() != selection.frames().count()) {
            return null;
        }
        final String[] labels = new String[shape.images()];
        for (int i = 0; i < labels.length; i++) {
            final int channel = i % shape.channels();
            final int slice = i / shape.channels() % shape.slices();
            labels[i] = source.getStack().getSliceLabel(selection.stackIndex(channel, slice, i / shape.channels() / shape.slices()));
        }
        return labels;
    }

    private Calibration calibration(final ResultShape shape) {
        final Calibration calibration = source.getCalibration().copy();
        calibration.xOrigin -= selection.bounds().x;
        calibration.yOrigin -= selection.bounds().y;
        calibration.pixelDepth *= selection.slices().step();
        calibration.frameInterval *= selection.frames().step();
        Units.adopt(shape.description(), declared, calibration);
        if (shape.format() != PixelFormat.of(source)) {
            // Values come as they are stored: a function for another pixel type would misread them.
            calibration.disableDensityCalibration();
            if (shape.format() == PixelFormat.SIGNED16) {
                calibration.setSigned16BitCalibration();
            }
        }
        return calibration;
    }

    private ImagePlus copyDisplay(final ImagePlus plain, final ResultShape shape) {
        if (shape.format() == PixelFormat.RGB || source.getBitDepth() == 24) {
            return plain;
        }
        if (source.isComposite() && shape.channels() == selection.channels().count() && shape.channels() > 1) {
            return copyComposite(plain, (CompositeImage) source);
        }
        final LUT lut = source.isComposite()
            ? ((CompositeImage) source).getChannelLut(selection.channels().get(0)) : source.getProcessor().getLut();
        final double minimum = source.isComposite() ? lut.min : source.getDisplayRangeMin();
        final double maximum = source.isComposite() ? lut.max : source.getDisplayRangeMax();
        plain.getProcessor().setLut((LUT) lut.clone());
        if (hasSameSizes(shape)) {
            plain.setDisplayRange(toStored(minimum, shape), toStored(maximum, shape));
        } else {
            // Another image than the source, such as a PSF on its grid: the source's range says nothing of it.
            plain.setSlice(plain.getStackSize() / 2 + 1);
            plain.resetDisplayRange();
        }
        if (plain.getStackSize() > 1) {
            plain.getStack().setColorModel(lut.getColorModel());
        }
        return plain;
    }

    private ImagePlus copyComposite(final ImagePlus plain, final CompositeImage from) {
        final CompositeImage image = new CompositeImage(plain, from.getMode());
        final LUT[] luts = new LUT[selection.channels().count()];
        for (int i = 0; i < luts.length; i++) {
            luts[i] = (LUT) from.getChannelLut(selection.channels().get(i)).clone();
            luts[i].min = from.getChannelLut(selection.channels().get(i)).min;
            luts[i].max = from.getChannelLut(selection.channels().get(i)).max;
        }
        image.setLuts(luts);
        final boolean[] active = from.getActiveChannels();
        for (int i = 0; i < luts.length; i++) {
            image.getActiveChannels()[i] = active[selection.channels().get(i) - 1];
        }
        return image;
    }

    /** A signed image's display range is counted in stored values, as are those of the other formats. */
    private double toStored(final double value, final ResultShape shape) {
        final boolean fromSigned = PixelFormat.of(source) == PixelFormat.SIGNED16;
        return fromSigned && shape.format() == PixelFormat.FLOAT32 ? value - 32768 : value;
    }

    private void copyProperties(final ImagePlus image, final String provenance) {
        final String[] properties = source.getPropertiesAsArray();
        if (properties != null) {
            image.setProperties(properties);
        }
        final Object info = source.getProperty("Info");
        final String before = info == null || info.toString().isEmpty() ? "" : info + (info.toString().endsWith("\n") ? "" : "\n");
        image.setProperty("Info", before + provenance + "\n");
    }

    private boolean hasSameSizes(final ResultShape shape) {
        return shape.width() == selection.bounds().width && shape.height() == selection.bounds().height
            && shape.channels() == selection.channels().count() && shape.slices() == selection.slices().count()
            && shape.frames() == selection.frames().count();
    }
}
