using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Where the light of a PSF is.</summary>
internal static class PsfLight
{
    // What may be cut off at each of six faces. Together it stays near the part of the brightest pixel below which the iteration
    // does not tell models apart, and near what rounding to float32 does.
    private const double Unseen = 1e-7;

    /// <summary>The light in each plane across z, y and x.</summary>
    public static (double[] Z, double[] Y, double[] X) AlongAxes(PointSpreadFunction psf)
    {
        var shape = psf.Shape;
        var (alongZ, alongY, alongX) = (new double[shape.Depth], new double[shape.Height], new double[shape.Width]);
        var i = 0;
        for (var z = 0; z < shape.Depth; z++)
        {
            for (var y = 0; y < shape.Height; y++)
            {
                for (var x = 0; x < shape.Width; x++)
                {
                    double value = psf.Values[i++];
                    alongZ[z] += value;
                    alongY[y] += value;
                    alongX[x] += value;
                }
            }
        }

        return (alongZ, alongY, alongX);
    }

    /// <summary>The PSF without outer planes that hold next to nothing: each of them would cost padding all around the image.</summary>
    public static PointSpreadFunction Trim(PointSpreadFunction psf)
    {
        var (alongZ, alongY, alongX) = AlongAxes(psf);
        var (z, y, x) = (Lit(alongZ, psf.Centre.Z), Lit(alongY, psf.Centre.Y), Lit(alongX, psf.Centre.X));
        var shape = new VolumeShape(z.Length, y.Length, x.Length);
        if (shape == psf.Shape)
        {
            return psf;
        }

        var values = new float[shape.StackElementCount];
        for (var plane = 0; plane < z.Length; plane++)
        {
            for (var row = 0; row < y.Length; row++)
            {
                var source = (((((long)z.Start + plane) * psf.Shape.Height) + y.Start + row) * psf.Shape.Width) + x.Start;
                Array.Copy(psf.Values, source, values, (((long)plane * y.Length) + row) * x.Length, x.Length);
            }
        }

        return psf with { Values = values, Shape = shape, Centre = (psf.Centre.Z - z.Start, psf.Centre.Y - y.Start, psf.Centre.X - x.Start) };
    }

    private static Piece Lit(double[] light, int centre)
    {
        static int Dark(IEnumerable<double> inwards)
        {
            var sum = 0.0;
            return inwards.TakeWhile(value => (sum += value) <= Unseen).Count();
        }

        var start = Math.Min(centre, Dark(light));
        var end = Math.Max(centre + 1, light.Length - Dark(light.Reverse()));
        return new Piece(start, end - start);
    }
}
