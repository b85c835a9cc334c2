using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>
/// PSNR, SSIM and NRMSE in float64, plane by plane in two passes, so that neither volume has to fit into memory.
/// The conventions are those of scikit-image: <c>peak_signal_noise_ratio</c>, <c>normalized_root_mse</c> with
/// "euclidean", and, for each plane, <c>structural_similarity(gaussian_weights=True, sigma=1.5,
/// use_sample_covariance=False, data_range=…)</c>.
/// </summary>
/// <remarks>
/// SSIM follows Wang, Bovik, Sheikh and Simoncelli, IEEE Trans. Image Process. 13(4), 2004: a Gaussian window of 11 × 11
/// with σ 1.5, K1 0.01, K2 0.03. Its mean leaves out the 5 pixels along each edge. scikit-image refuses planes smaller than
/// the window; here an axis shorter than 11 is continued by reflection (d c b a | a b c d | d c b a) and none of it left out.
/// </remarks>
public static class ImageMetrics
{
    /// <summary>Compares two volumes.</summary>
    /// <param name="result">What was computed.</param>
    /// <param name="reference">What it should be, of the same shape; of any pixel type.</param>
    /// <param name="fit">
    /// True: first takes the result to gain × result + offset, by least squares over all voxels. For references that are
    /// scaled otherwise. A constant result keeps gain 1.
    /// </param>
    /// <param name="dataRange">Range of intensities; null takes maximum − minimum of the reference.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ShapeMismatch"/>; <see cref="InferenceError.VolumeTooLarge"/>: planes of more than 2^28 pixels; <see cref="InferenceError.ValueNotFinite"/>: a NaN or infinity in either;
    /// <see cref="InferenceError.ParameterOutOfRange"/>: the data range is not positive, or absent for a constant reference.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImageComparison Compare(IVolumeReader result, IVolumeReader reference, bool fit = false,
        double? dataRange = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var shape = reference.Info.Shape;
        if (result.Info.Shape != shape)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, "result",
                $"result of {result.Info.Shape} does not fit reference of {shape}; accepted: equal shapes.");
        }

        PlaneLimit.Check("reference", shape.Width, shape.Height);
        var x = new double[shape.PlaneElementCount];
        var y = new double[shape.PlaneElementCount];
        var steps = 2.0 * shape.PlaneCount;
        var moments = new PairMoments();
        for (long plane = 0; plane < shape.PlaneCount; plane++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadFinite(result, "result", plane, x);
            ReadFinite(reference, "reference", plane, y);
            moments.Add(x, y);
            progress?.Report((plane + 1) / steps);
        }

        var range = CheckRange(dataRange, moments);
        var (gain, offset) = fit ? moments.Fit() : (1, 0);
        var ssim = new StructuralSimilarity(shape.Height, shape.Width, range);
        var (squares, similarity) = (0.0, 0.0);
        for (long plane = 0; plane < shape.PlaneCount; plane++)
        {
            cancellation.ThrowIfCancellationRequested();
            result.ReadPlane(plane, x);
            reference.ReadPlane(plane, y);
            if (fit)
            {
                TensorPrimitives.Multiply(x, gain, x);
                TensorPrimitives.Add(x, offset, x);
            }

            var distance = TensorPrimitives.Distance<double>(x, y);
            squares += distance * distance;
            similarity += ssim.Mean(x, y);
            progress?.Report((shape.PlaneCount + plane + 1) / steps);
        }

        var mse = squares / shape.ElementCount;
        return new ImageComparison(
            mse == 0 ? double.PositiveInfinity : 10 * Math.Log10(range * range / mse),
            similarity / shape.PlaneCount,
            mse == 0 ? 0 : Math.Sqrt(mse / moments.MeanSquareY),
            gain, offset, range);
    }

    private static void ReadFinite(IVolumeReader volume, string name, long plane, double[] values)
    {
        volume.ReadPlane(plane, values);
        if (!volume.Info.PixelType.IsFloatingPoint() || TensorPrimitives.IsFiniteAll<double>(values))
        {
            return;
        }

        var at = Array.FindIndex(values, value => !double.IsFinite(value));
        var (row, column) = Math.DivRem(at, volume.Info.Shape.Width);
        throw new InferenceException(InferenceError.ValueNotFinite, name,
            $"{name} is {values[at]} at plane {plane}, row {row}, column {column}; accepted: finite values.");
    }

    private static double CheckRange(double? given, PairMoments moments)
    {
        var range = given ?? moments.MaximumY - moments.MinimumY;
        if (double.IsFinite(range) && range > 0)
        {
            return range;
        }

        throw new InferenceException(InferenceError.ParameterOutOfRange, "data_range", given is null
            ? $"data_range cannot be taken from the reference, which is {moments.MinimumY} everywhere; accepted: a number above 0."
            : $"data_range is {range}; accepted: a finite number above 0.");
    }
}
