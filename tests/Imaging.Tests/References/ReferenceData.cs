using System.Text.Json;

namespace InferenceBridge.Imaging.Tests;

/// <summary>Values and inputs of make_references.py.</summary>
internal static class ReferenceData
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static ReferenceValues Values { get; } = Load();

    /// <summary>As noise() of the script.</summary>
    public static int[] Noise(ulong seed, int count, int limit)
    {
        var values = new int[count];
        for (var i = 0; i < count; i++)
        {
            seed = (seed * 6364136223846793005) + 1442695040888963407;
            values[i] = (int)((seed >> 33) % (ulong)limit);
        }

        return values;
    }

    /// <summary>As pair() of the script, in pixels of the given type.</summary>
    public static (MemoryVolume Result, MemoryVolume Reference) Pair(VolumeShape shape, PixelType type)
    {
        var count = (int)shape.ElementCount;
        var (fine, coarse) = (Noise(1, count, 8), Noise(2, count, 120));
        var (result, reference) = (new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var (rest, x) = Math.DivRem(i, shape.Width);
            var (z, y) = Math.DivRem(rest, shape.Height);
            var structure = 200 + (11 * (((x * y) + (5 * z)) % 23)) + (300 * (((x / 5) + (y / 7) + z) % 3)) + (2 * y) + fine[i];
            reference[i] = structure;
            result[i] = (structure * 3 / 4) + 50 + coarse[i];
        }

        return (Volume(result, shape, type), Volume(reference, shape, type));
    }

    public static MemoryVolume Volume(float[] values, VolumeShape shape, PixelType type)
    {
        var volume = new MemoryVolume(new VolumeInfo(shape, type));
        var plane = (int)shape.PlaneElementCount;
        for (var i = 0; i < shape.PlaneCount; i++)
        {
            PixelConverter.FromSingle(values.AsSpan(i * plane, plane), type, volume.Plane(i).Span);
        }

        return volume;
    }

    private static ReferenceValues Load()
    {
        using var stream = typeof(ReferenceData).Assembly.GetManifestResourceStream("imaging")!;
        return JsonSerializer.Deserialize<ReferenceValues>(stream, Options)!;
    }
}

internal sealed record ReferenceValues(
    ReferenceComparison[] Comparisons, ReferenceSigma[] Sigmas, ReferenceStatistics[] Statistics, string[] Xoshiro);

internal sealed record ReferenceComparison(
    int[] Shape, bool Fit, double? GivenRange, double DataRange, double Gain, double Offset, double Psnr, double Nrmse, double Ssim);

internal sealed record ReferenceSigma(int Height, int Width, bool Masked, double Sigma);

internal sealed record ReferenceStatistics(int Count, double Minimum, double Maximum, double Mean, double StandardDeviation);
