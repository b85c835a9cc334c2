using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Reads images and movies for a registration training.</summary>
internal static class MovieReader
{
    // Means over a few frames keep some noise and all movement between them: they are close to what a template is.
    private const int MostMeans = 6;
    private const int MeanFrames = 10;
    private const int LargestShift = 25;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A TIFF; slices of a file with one time point count as frames.</param>
    /// <param name="keepsFrames">Whether single frames are wanted.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="InferenceException">As <see cref="ChannelReader.Read"/>; <see cref="InferenceError.ParameterOutOfRange"/>: an image without structure.</exception>
    public static MovieFile Read(string path, bool keepsFrames, CancellationToken cancellation)
    {
        var channels = ChannelReader.Read(path, SequenceAxis.T, cancellation);
        var clean = new List<CleanImage>();
        var movies = new List<Movie>();
        foreach (var channel in channels)
        {
            var isOneTime = channel.Series.All(series => series.Length == 1);
            foreach (var frames in isOneTime ? [[.. channel.Planes]] : channel.Series)
            {
                cancellation.ThrowIfCancellationRequested();
                Take(channel, frames, keepsFrames, clean, movies);
            }
        }

        return new MovieFile(path, clean, movies);
    }

    private static void Take(ChannelImages channel, float[][] frames, bool keepsFrames, List<CleanImage> clean, List<Movie> movies)
    {
        if (frames.Length == 1)
        {
            clean.Add(Scaled(channel, frames[0], Range(channel, frames[0])));
            return;
        }

        using var scope = NewDisposeScope();
        var aligned = Align(frames, channel.Height, channel.Width);
        var mean = Mean(aligned, 0, aligned.Length);
        var range = Range(channel, mean);
        clean.Add(Scaled(channel, mean, range));
        var means = Math.Min(MostMeans, frames.Length / MeanFrames);
        for (var i = 0; i < means; i++)
        {
            clean.Add(Scaled(channel, Mean(aligned, frames.Length * i / means, MeanFrames), range));
        }

        if (keepsFrames)
        {
            movies.Add(new Movie(clean[^(means + 1)], [.. aligned.Select(frame => Scaled(channel, frame, range).Light)]));
        }
    }

    /// <summary>Moves frames by whole pixels, which copies them, onto the first, then onto the mean of what came of that.</summary>
    private static float[][] Align(float[][] frames, int height, int width)
    {
        using var grad = no_grad();
        var template = frames[0];
        for (var pass = 0; pass < 2; pass++)
        {
            using var scope = NewDisposeScope();
            using var correlation = new PhaseCorrelation([1, height, width], [0, LargestShift, LargestShift], 1, ScalarType.Float32, CPU);
            correlation.SetTemplate(tensor(template, [1, height, width]));
            frames = Array.ConvertAll(frames, frame =>
            {
                using var inner = NewDisposeScope();
                if (TensorPrimitives.Max<float>(frame) <= TensorPrimitives.Min<float>(frame))
                {
                    return frame;
                }

                var image = tensor(frame, [1, height, width]);
                var found = correlation.Estimate(image);
                var whole = new Displacement(0, Math.Round(found.Y), Math.Round(found.X));
                return Resampler.Shift(image, whole, Interpolation.Bilinear).contiguous().data<float>().ToArray();
            });
            template = Mean(frames, 0, frames.Length);
        }

        return frames;
    }

    private static float[] Mean(float[][] frames, int first, int count)
    {
        var sum = new double[frames[0].Length];
        for (var i = first; i < first + count; i++)
        {
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += frames[i][k];
            }
        }

        return Array.ConvertAll(sum, value => (float)(value / count));
    }

    private static (float Low, float High) Range(ChannelImages channel, float[] image)
    {
        var (low, high) = CleanLight.Range(image);
        return high > low ? (low, high) : throw CleanLight.Flat(channel, low);
    }

    private static CleanImage Scaled(ChannelImages channel, float[] plane, (float Low, float High) range) => new(
        channel.Name, channel.Height, channel.Width, Array.ConvertAll(plane, value => (value - range.Low) / (range.High - range.Low)));
}
