package org.inferencebridge.image;

import ij.ImagePlus;
import java.awt.Rectangle;
import org.inferencebridge.client.BridgeException;

/** The part of an image that an operation sees. */
public final class Selection {
    private final IndexRange channels;
    private final IndexRange slices;
    private final IndexRange frames;
    private final Rectangle bounds;
    private final int allChannels;
    private final int allSlices;
    private final boolean slicesAreFrames;
    private final boolean isCropped;

    /**
     * @param image the image
     * @param channels chosen channels
     * @param slices chosen slices
     * @param frames chosen frames
     * @param crop whether to take the ROI's bounding box only
     * @throws BridgeException there is no ROI to crop to
     */
    public Selection(final ImagePlus image, final IndexRange channels, final IndexRange slices, final IndexRange frames,
        final boolean crop) throws BridgeException {
        this(image, channels, slices, frames, crop, false);
    }

    private Selection(final ImagePlus image, final IndexRange channels, final IndexRange slices, final IndexRange frames,
        final boolean crop, final boolean slicesAreFrames) throws BridgeException {
        this.channels = channels;
        this.slices = slicesAreFrames ? IndexRange.one(1, 1) : slices;
        this.frames = slicesAreFrames ? slices : frames;
        this.slicesAreFrames = slicesAreFrames;
        allChannels = image.getNChannels();
        allSlices = slicesAreFrames ? 1 : image.getNSlices();
        final Rectangle whole = new Rectangle(0, 0, image.getWidth(), image.getHeight());
        bounds = crop ? roi(image, whole) : whole;
        isCropped = !bounds.equals(whole);
    }

    /**
     * The same for operations on movies. ImageJ opens a plain multi-page TIFF as a stack: where there is one time point, its slices are
     * taken for frames.
     *
     * @throws BridgeException there is no ROI to crop to
     */
    public static Selection ofMovie(final ImagePlus image, final IndexRange channels, final IndexRange slices, final IndexRange frames,
        final boolean crop) throws BridgeException {
        return new Selection(image, channels, slices, frames, crop, image.getNFrames() == 1 && image.getNSlices() > 1);
    }

    /** Channel, slice and frame of a place in the image, as the operation counts them. */
    int[] position(final int channel, final int slice, final int frame) {
        return slicesAreFrames ? new int[] {channel, 1, slice} : new int[] {channel, slice, frame};
    }

    /** The plane that is on the screen, cropped to the ROI's bounding box where there is one. */
    public static Selection currentPlane(final ImagePlus image) throws BridgeException {
        return new Selection(image, IndexRange.one(image.getC(), image.getNChannels()), IndexRange.one(image.getZ(), image.getNSlices()),
            IndexRange.one(image.getT(), image.getNFrames()), hasArea(image));
    }

    /** Whether the image has a ROI whose bounding box is a part of it. */
    public static boolean hasArea(final ImagePlus image) {
        return image.getRoi() != null && image.getRoi().isArea() && !image.getRoi().getBounds().isEmpty();
    }

    /** Chosen channels. */
    public IndexRange channels() {
        return channels;
    }

    /** Chosen slices. */
    public IndexRange slices() {
        return slices;
    }

    /** Chosen frames. */
    public IndexRange frames() {
        return frames;
    }

    /** Chosen rectangle in pixels. */
    public Rectangle bounds() {
        return new Rectangle(bounds);
    }

    /** Whether the rectangle is smaller than the image. */
    public boolean isCropped() {
        return isCropped;
    }

    /** Number from 1 in ImageJ's stack of the plane at these places from 0. */
    public int stackIndex(final int channel, final int slice, final int frame) {
        return ((frames.get(frame) - 1) * allSlices + slices.get(slice) - 1) * allChannels + channels.get(channel);
    }

    private static Rectangle roi(final ImagePlus image, final Rectangle whole) throws BridgeException {
        if (!hasArea(image)) {
            throw new BridgeException("UsageInvalid", "crop_to_roi", "The image " + image.getTitle()
                + " has no area selection; accepted: crop_to_roi with one.");
        }
        final Rectangle box = image.getRoi().getBounds().intersection(whole);
        if (box.isEmpty()) {
            throw new BridgeException("UsageInvalid", "crop_to_roi", "The selection lies outside of the image; accepted: one inside of it.");
        }
        return box;
    }
}
