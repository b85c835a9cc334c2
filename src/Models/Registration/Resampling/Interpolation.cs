namespace InferenceBridge.Models;

/// <summary>How values between pixels are made.</summary>
internal enum Interpolation
{
    /// <summary>From the two nearest pixels along each axis.</summary>
    Bilinear,

    /// <summary>From the four nearest: Catmull–Rom, that is Keys' cubic convolution with a = −1/2.</summary>
    Cubic,
}

/// <summary>What a corrected frame holds where the camera saw nothing.</summary>
internal enum FrameEdge
{
    /// <summary>The nearest pixel that it saw.</summary>
    Nearest,

    /// <summary>NaN; 0 in integer results.</summary>
    NotANumber,

    /// <summary>Nothing: the result is smaller by the largest shift on each side.</summary>
    Crop,
}
