package org.inferencebridge.image;

import ij.ImagePlus;
import org.inferencebridge.client.BridgeException;
import org.inferencebridge.v1.PixelType;

/** How ImageJ holds pixels, and as what they travel. */
public enum PixelFormat {
    /** 8-bit, grey or with a LUT. */
    GRAY8(8, PixelType.PIXEL_TYPE_UINT8),
    /** 16-bit unsigned. */
    GRAY16(16, PixelType.PIXEL_TYPE_UINT16),
    /** 16-bit signed: ImageJ stores value + 32768 and a calibration function that subtracts it. */
    SIGNED16(16, PixelType.PIXEL_TYPE_INT16),
    /** 32-bit floating point. */
    FLOAT32(32, PixelType.PIXEL_TYPE_FLOAT32),
    /** RGB: three channels of 8 bits travel for each. */
    RGB(24, PixelType.PIXEL_TYPE_UINT8);

    private final int bits;
    private final PixelType type;

    PixelFormat(final int bits, final PixelType type) {
        this.bits = bits;
        this.type = type;
    }

    /** Bit depth as ImageJ counts it. */
    public int bits() {
        return bits;
    }

    /** Type on the wire. */
    public PixelType type() {
        return type;
    }

    /** Channels on the wire for each of ImageJ's. */
    public int components() {
        return this == RGB ? 3 : 1;
    }

    /** The format of an image. */
    public static PixelFormat of(final ImagePlus image) {
        switch (image.getBitDepth()) {
            case 8:
                return GRAY8;
            case 16:
                return image.getCalibration().isSigned16Bit() ? SIGNED16 : GRAY16;
            case 24:
                return RGB;
            default:
                return FLOAT32;
        }
    }

    /**
     * The format that holds a result.
     *
     * @param type as the server describes it; types that ImageJ has not become 32-bit
     * @param channels of the result on the wire
     * @param source format of the image that it came from
     * @throws BridgeException the type is not known
     */
    static PixelFormat ofResult(final PixelType type, final int channels, final PixelFormat source) throws BridgeException {
        switch (type) {
            case PIXEL_TYPE_UINT8:
                return source == RGB && channels % 3 == 0 ? RGB : GRAY8;
            case PIXEL_TYPE_UINT16:
                return GRAY16;
            case PIXEL_TYPE_INT16:
                return SIGNED16;
            case PIXEL_TYPE_UINT32:
            case PIXEL_TYPE_INT32:
            case PIXEL_TYPE_FLOAT32:
            case PIXEL_TYPE_FLOAT64:
                return FLOAT32;
            default:
                throw new BridgeException("ProtocolViolation", "result.pixel_type", "The result has a pixel type that this plugin does not know.");
        }
    }

    /** An array for one plane of ImageJ. */
    Object allocate(final int pixels) {
        switch (this) {
            case GRAY8:
                return new byte[pixels];
            case GRAY16:
            case SIGNED16:
                return new short[pixels];
            case RGB:
                return new int[pixels];
            default:
                return new float[pixels];
        }
    }
}
