package org.inferencebridge.image;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import java.awt.Rectangle;

/** The overlay as it belongs to the chosen part of an image. */
final class OverlayCopy {
    private OverlayCopy() {
    }

    /** A copy with what lies in the part, at its new places; null where there is none. */
    static Overlay of(final ImagePlus image, final Selection selection) {
        final Overlay overlay = image.getOverlay();
        if (overlay == null) {
            return null;
        }
        final Overlay copy = overlay.duplicate();
        final Roi[] rois = copy.toArray();
        copy.clear();
        for (final Roi roi : rois) {
            if (place(roi, image, selection)) {
                copy.add(roi);
            }
        }
        return copy;
    }

    private static boolean place(final Roi roi, final ImagePlus image, final Selection selection) {
        if (selection.isCropped()) {
            final Rectangle bounds = selection.bounds();
            if (!roi.getBounds().intersects(bounds)) {
                return false;
            }
            roi.setLocation(roi.getXBase() - bounds.x, roi.getYBase() - bounds.y);
        }
        if (roi.hasHyperStackPosition()) {
            final int[] position = selection.position(roi.getCPosition(), roi.getZPosition(), roi.getTPosition());
            final int channel = place(position[0], selection.channels());
            final int slice = place(position[1], selection.slices());
            final int frame = place(position[2], selection.frames());
            if (channel < 0 || slice < 0 || frame < 0) {
                return false;
            }
            roi.setPosition(channel, slice, frame);
        } else if (roi.getPosition() > 0) {
            final int[] shown = image.convertIndexToPosition(roi.getPosition());
            final int[] position = selection.position(shown[0], shown[1], shown[2]);
            final int channel = selection.channels().placeOf(position[0]);
            final int slice = selection.slices().placeOf(position[1]);
            final int frame = selection.frames().placeOf(position[2]);
            if (channel < 0 || slice < 0 || frame < 0) {
                return false;
            }
            roi.setPosition((frame * selection.slices().count() + slice) * selection.channels().count() + channel + 1);
        }
        return true;
    }

    /** 0 means all and stays; -1 is not in the part. */
    private static int place(final int position, final IndexRange range) {
        return position == 0 ? 0 : range.placeOf(position) < 0 ? -1 : range.placeOf(position) + 1;
    }
}
