namespace InferenceBridge.Imaging;

/// <summary>Type of a volume's pixels. Float16 exists in files only: readers widen it to <see cref="Float32"/>.</summary>
public enum PixelType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 1,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16 = 2,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 3,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32 = 4,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 5,

    /// <summary>IEEE 754 single precision.</summary>
    Float32 = 6,

    /// <summary>IEEE 754 double precision.</summary>
    Float64 = 7,
}
