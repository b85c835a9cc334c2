namespace InferenceBridge.Models;

/// <summary>Samples of a PSF while it is prepared, X fastest, then Y, then Z.</summary>
internal sealed record PsfSamples(double[] Values, (int Depth, int Height, int Width) Size)
{
    /// <summary>The voxel n / 2, rounded down, of each axis.</summary>
    public (int Z, int Y, int X) Middle => (Size.Depth / 2, Size.Height / 2, Size.Width / 2);

    /// <summary>
    /// The centre of gravity with the square of the intensity as weight: that of the bright core, which a background and noise
    /// all over the PSF pull hardly at all towards the middle of its box.
    /// </summary>
    public (double Z, double Y, double X) IntensityCentre()
    {
        var (sum, z, y, x) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < Values.Length; i++)
        {
            var weight = Values[i] * Values[i];
            sum += weight;
            z += weight * (i / (Size.Height * Size.Width));
            y += weight * (i / Size.Width % Size.Height);
            x += weight * (i % Size.Width);
        }

        return (z / sum, y / sum, x / sum);
    }

    /// <summary>Linear interpolation at the slices <paramref name="centre"/> + i × <paramref name="ratio"/> that lie within.</summary>
    /// <returns>The slices, and the number of the one at <paramref name="centre"/>.</returns>
    public (PsfSamples Resampled, int Centre) ResampleAlongZ(double centre, double ratio)
    {
        var before = (int)Math.Floor(centre / ratio);
        var depth = before + (int)Math.Floor((Size.Depth - 1 - centre) / ratio) + 1;
        var plane = Size.Height * Size.Width;
        var values = new double[depth * plane];
        for (var slice = 0; slice < depth; slice++)
        {
            var position = Math.Clamp(centre + ((slice - before) * ratio), 0, Size.Depth - 1);
            var lower = Math.Min((int)position, Math.Max(0, Size.Depth - 2));
            var (upper, part) = (Math.Min(lower + 1, Size.Depth - 1), position - lower);
            for (var i = 0; i < plane; i++)
            {
                values[(slice * plane) + i] = ((1 - part) * Values[(lower * plane) + i]) + (part * Values[(upper * plane) + i]);
            }
        }

        return (new PsfSamples(values, Size with { Depth = depth }), before);
    }
}
