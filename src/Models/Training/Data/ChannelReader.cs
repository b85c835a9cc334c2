using System.Numerics.Tensors;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Reads training images into memory.</summary>
internal static class ChannelReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/>; <see cref="InferenceError.FileFormatInvalid"/>; <see cref="InferenceError.ValueNotFinite"/>;
    /// <see cref="InferenceError.VolumeTooLarge"/>: more than half of the memory.
    /// </exception>
    public static IReadOnlyList<ChannelImages> Read(string path, SequenceAxis axis, CancellationToken cancellation)
    {
        using var file = VolumeFile.OpenRead(path);
        var shape = file.Info.Shape;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (shape.ElementCount * sizeof(float) > available / 2)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, path,
                $"{path} of {shape} takes {shape.ElementCount * sizeof(float) >> 20} MiB as float32; accepted: images that fit twice into "
                + $"the memory of {available >> 20} MiB, such as a part of it.");
        }

        var alongZ = axis == SequenceAxis.Z || (axis == SequenceAxis.Automatic && shape.Depth > 1);
        return [.. Enumerable.Range(0, shape.Channels).Select(channel =>
            new ChannelImages(path, channel, shape.Height, shape.Width, alongZ
                ? Series(shape.Frames, shape.Depth, (t, z) => Plane(file, path, shape.PlaneNumber(t, channel, z), cancellation))
                : Series(shape.Depth, shape.Frames, (z, t) => Plane(file, path, shape.PlaneNumber(t, channel, z), cancellation))))];
    }

    private static float[][][] Series(int count, int length, Func<int, int, float[]> plane) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, length).Select(j => plane(i, j)).ToArray())];

    private static float[] Plane(TiffVolumeReader file, string path, long number, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var plane = new float[file.Info.Shape.PlaneElementCount];
        file.ReadPlane(number, plane);
        if (!TensorPrimitives.IsFiniteAll<float>(plane))
        {
            var at = Array.FindIndex(plane, value => !float.IsFinite(value));
            throw new InferenceException(InferenceError.ValueNotFinite, path,
                $"{path} is {plane[at]} at plane {number}, row {at / file.Info.Shape.Width}, column {at % file.Info.Shape.Width}; "
                + "accepted: finite values.");
        }

        return plane;
    }
}
