package org.inferencebridge.image;

import java.nio.ByteBuffer;
import org.inferencebridge.v1.PixelType;

/** Little-endian bytes into ImageJ's arrays. */
final class PixelWriter {
    private PixelWriter() {
    }

    /**
     * @param data pixels of one type on the wire, little-endian
     * @param type of them
     * @param component of an RGB pixel that they are: 0 red, 1 green, 2 blue; anything for the other formats
     * @param target array of a plane
     * @param offset first pixel to set
     */
    static void write(final ByteBuffer data, final PixelType type, final int component, final Object target, final int offset) {
        if (target instanceof byte[]) {
            data.get((byte[]) target, offset, data.remaining());
        } else if (target instanceof short[]) {
            writeShorts(data, type == PixelType.PIXEL_TYPE_INT16, (short[]) target, offset);
        } else if (target instanceof int[]) {
            writeComponent(data, component, (int[]) target, offset);
        } else {
            writeFloats(data, type, (float[]) target, offset);
        }
    }

    private static void writeShorts(final ByteBuffer data, final boolean signed, final short[] target, final int offset) {
        final int count = data.remaining() / 2;
        data.asShortBuffer().get(target, offset, count);
        if (signed) {
            for (int i = offset; i < offset + count; i++) {
                target[i] ^= (short) 0x8000;
            }
        }
    }

    private static void writeComponent(final ByteBuffer data, final int component, final int[] target, final int offset) {
        final int shift = 16 - 8 * component;
        final int keep = ~(0xFF << shift);
        final int count = data.remaining();
        final int start = data.position();
        for (int i = 0; i < count; i++) {
            target[offset + i] = 0xFF000000 | target[offset + i] & keep | (data.get(start + i) & 0xFF) << shift;
        }
    }

    private static void writeFloats(final ByteBuffer data, final PixelType type, final float[] target, final int offset) {
        if (type == PixelType.PIXEL_TYPE_FLOAT32) {
            data.asFloatBuffer().get(target, offset, data.remaining() / 4);
            return;
        }
        for (int i = offset; data.hasRemaining(); i++) {
            if (type == PixelType.PIXEL_TYPE_FLOAT64) {
                target[i] = (float) data.getDouble();
            } else {
                final int value = data.getInt();
                target[i] = type == PixelType.PIXEL_TYPE_UINT32 ? value & 0xFFFFFFFFL : value;
            }
        }
    }
}
