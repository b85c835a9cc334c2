package org.inferencebridge.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rows of ImageJ's arrays as little-endian bytes. */
final class PixelReader {
    private PixelReader() {
    }

    /**
     * @param pixels array of a plane
     * @param format of it
     * @param component of an RGB pixel to take: 0 red, 1 green, 2 blue
     * @param first index of the first pixel
     * @param count number of pixels
     * @param target takes them
     * @param offset where the first byte goes
     */
    static void read(final Object pixels, final PixelFormat format, final int component, final int first, final int count,
        final byte[] target, final int offset) {
        switch (format) {
            case GRAY8:
                System.arraycopy((byte[]) pixels, first, target, offset, count);
                break;
            case GRAY16:
                wrap(target, offset, 2 * count).asShortBuffer().put((short[]) pixels, first, count);
                break;
            case SIGNED16:
                readSigned((short[]) pixels, first, count, target, offset);
                break;
            case RGB:
                readComponent((int[]) pixels, 16 - 8 * component, first, count, target, offset);
                break;
            default:
                wrap(target, offset, 4 * count).asFloatBuffer().put((float[]) pixels, first, count);
                break;
        }
    }

    private static ByteBuffer wrap(final byte[] target, final int offset, final int length) {
        return ByteBuffer.wrap(target, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void readSigned(final short[] pixels, final int first, final int count, final byte[] target, final int offset) {
        for (int i = 0; i < count; i++) {
            final int value = pixels[first + i] ^ 0x8000;
            target[offset + 2 * i] = (byte) value;
            target[offset + 2 * i + 1] = (byte) (value >> 8);
        }
    }

    private static void readComponent(final int[] pixels, final int shift, final int first, final int count, final byte[] target,
        final int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = (byte) (pixels[first + i] >> shift);
        }
    }
}
