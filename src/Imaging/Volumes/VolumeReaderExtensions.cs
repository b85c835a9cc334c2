namespace InferenceBridge.Imaging;

/// <summary>Reading volumes as numbers.</summary>
public static class VolumeReaderExtensions
{
    /// <summary>Reads one plane as float32, whatever the pixel type.</summary>
    /// <param name="reader">The volume.</param>
    /// <param name="plane">Number of the plane, 0 to PlaneCount − 1.</param>
    /// <param name="values">Exactly Height × Width values, X fastest.</param>
    /// <exception cref="ArgumentException">The number of values does not match the plane.</exception>
    public static void ReadPlane(this IVolumeReader reader, long plane, Span<float> values)
    {
        CheckLength(reader, values.Length);
        new RowDecoder(reader).Read(plane, 0, reader.Info.Shape.Height, values);
    }

    /// <summary>Reads one plane as float64, without loss.</summary>
    /// <inheritdoc cref="ReadPlane(IVolumeReader, long, Span{float})"/>
    public static void ReadPlane(this IVolumeReader reader, long plane, Span<double> values)
    {
        CheckLength(reader, values.Length);
        new RowDecoder(reader).Read(plane, 0, reader.Info.Shape.Height, values);
    }

    private static void CheckLength(IVolumeReader reader, int values)
    {
        if (values != reader.Info.Shape.PlaneElementCount)
        {
            throw new ArgumentException($"{values} values for the {reader.Info.Shape.PlaneElementCount} pixels of a plane.");
        }
    }
}
