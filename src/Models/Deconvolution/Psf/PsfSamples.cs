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

    /// <summary>Linear interpolation along one axis at the places <paramref name="centre"/> + i × <paramref name="ratio"/> that lie within.</summary>
    /// <param name="axis">0 for z, 1 for y, 2 for x.</param>
    /// <param name="centre">Place of the centre along it.</param>
    /// <param name="ratio">Distance of the new samples, in old ones.</param>
    /// <returns>The samples, and the number of the one at <paramref name="centre"/>.</returns>
    public (PsfSamples Resampled, int Centre) Resample(int axis, double centre, double ratio)
    {
        int[] sizes = [Size.Depth, Size.Height, Size.Width];
        var (old, before) = (sizes[axis], (int)Math.Floor(centre / ratio));
        var size = before + (int)Math.Floor((old - 1 - centre) / ratio) + 1;
        var (inner, outer) = (sizes[(axis + 1)..].Aggregate(1, (a, b) => a * b), sizes[..axis].Aggregate(1, (a, b) => a * b));
        var values = new double[outer * size * inner];
        for (var i = 0; i < size; i++)
        {
            var position = Math.Clamp(centre + ((i - before) * ratio), 0, old - 1);
            var lower = Math.Min((int)position, Math.Max(0, old - 2));
            var (upper, part) = (Math.Min(lower + 1, old - 1), position - lower);
            for (var line = 0; line < outer * inner; line++)
            {
                var (o, n) = Math.DivRem(line, inner);
                values[(((o * size) + i) * inner) + n] =
                    ((1 - part) * Values[(((o * old) + lower) * inner) + n]) + (part * Values[(((o * old) + upper) * inner) + n]);
            }
        }

        sizes[axis] = size;
        return (new PsfSamples(values, (sizes[0], sizes[1], sizes[2])), before);
    }
}
