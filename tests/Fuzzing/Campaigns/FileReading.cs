namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>Reads a file as a program would, and holds what comes of it against the promise of <see cref="VolumeFile.OpenRead"/>.</summary>
internal static class FileReading
{
    /// <summary>Pixels read of one file: enough for every page of a small one, an end to the time that a large claim takes.</summary>
    private const long MaxPixelBytes = 32 << 20;

    private const int BlockBytes = 1 << 20;
    private const int MaxMessage = 2000;

    /// <summary>Reads the volume, or the first and the last planes of a large one.</summary>
    /// <returns>Null where the volume could be read, the refusal where it could not.</returns>
    /// <exception cref="OracleException">The refusal is not the one clear error that is promised.</exception>
    public static InferenceException? Read(string path)
    {
        try
        {
            using var reader = VolumeFile.OpenRead(path);
            ReadPlanes(reader);
            return null;
        }
        catch (InferenceException refusal)
        {
            Check(refusal, path);
            return refusal;
        }
    }

    private static void ReadPlanes(TiffVolumeReader reader)
    {
        var shape = reader.Info.Shape;
        shape.Validate("volume");
        _ = reader.Format.Notes.Count;
        var buffer = Array.Empty<byte>();
        var left = MaxPixelBytes;
        for (long plane = 0; plane < shape.PlaneCount && left > 0; plane++)
        {
            left -= ReadPlane(reader, plane, left, ref buffer);
        }

        ReadPlane(reader, shape.PlaneCount - 1, 1, ref buffer);
    }

    private static long ReadPlane(TiffVolumeReader reader, long plane, long limit, ref byte[] buffer)
    {
        var shape = reader.Info.Shape;
        var rowBytes = checked(shape.Width * reader.Info.PixelType.BytesPerPixel());
        var rows = Math.Clamp(BlockBytes / rowBytes, 1, shape.Height);
        if (buffer.Length < rows * rowBytes)
        {
            buffer = new byte[rows * rowBytes];
        }

        long read = 0;
        for (var row = 0; row < shape.Height && read < limit; row += rows)
        {
            var count = Math.Min(rows, shape.Height - row);
            reader.ReadRows(plane, row, count, buffer.AsSpan(0, count * rowBytes));
            read += (long)count * rowBytes;
        }

        return read;
    }

    private static void Check(InferenceException refusal, string path)
    {
        if (refusal.Error is not (InferenceError.FileFormatInvalid or InferenceError.FileUnreadable))
        {
            throw new OracleException($"the refusal is {refusal.Error}, not an error of the file: {refusal.Message}", refusal);
        }

        if (!refusal.Message.Contains(path, StringComparison.Ordinal) || refusal.Message.Length > MaxMessage
            || refusal.Message.Any(char.IsControl))
        {
            throw new OracleException($"the refusal is not one line of at most {MaxMessage} characters that names the file: {refusal.Message}", refusal);
        }
    }
}
