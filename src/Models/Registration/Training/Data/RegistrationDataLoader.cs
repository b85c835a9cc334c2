namespace InferenceBridge.Models.Training;

/// <summary>Reads what a registration training learns from, and sets some of it apart.</summary>
internal sealed class RegistrationDataLoader(RegistrationTrainingOptions options, CancellationToken cancellation)
{
    private bool NeedsMovies => options.Mode == RegistrationMode.Self || options.SelfShare > 0;

    /// <exception cref="InferenceException">An image: the file, and what is accepted.</exception>
    public RegistrationData Load()
    {
        var paths = ImageFiles.Find("data", options.Data);
        if (paths.Count == 1)
        {
            return OfOne(Read(paths[0]));
        }

        var kept = FileSplit.Count(paths, options.Validation);
        var training = paths.SkipLast(kept).Select(Read).ToArray();
        var validation = paths.TakeLast(kept).Select(path => MovieReader.Read(path, keepsFrames: false, cancellation).Clean[0]).ToArray();
        CheckMovies(training);
        return new RegistrationData(training, validation, kept, $"the last {kept} of {paths.Count} files");
    }

    private MovieFile Read(string path)
    {
        var file = MovieReader.Read(path, NeedsMovies, cancellation);
        var image = file.Clean[0];
        return image.Height >= options.Crop && image.Width >= options.Crop
            ? file
            : throw new InferenceException(InferenceError.ShapeMismatch, path,
                $"{image.Name} has {image.Height}×{image.Width} pixels, less than crops of {options.Crop}×{options.Crop}; accepted: larger images, or smaller crops.");
    }

    // Its last rows, where they are enough for both parts.
    private RegistrationData OfOne(MovieFile file)
    {
        CheckMovies([file]);
        var image = file.Clean[0];
        var rows = Math.Max(options.Crop, (int)Math.Round(options.Validation * image.Height));
        var first = image.Height - rows;
        return first >= options.Crop
            ? new RegistrationData([Rows(file, 0, first)], [Rows(image, first, rows)], 0, $"the last {rows} of {image.Height} rows")
            : new RegistrationData([file], [image], 0, "none: the image is too small to be divided, and is judged by what it learns from");
    }

    private void CheckMovies(IReadOnlyList<MovieFile> files)
    {
        if (NeedsMovies && files.All(file => file.Movies.Count == 0))
        {
            throw new InferenceException(InferenceError.InputMissing, "data",
                $"{options.Data} has no movie to learn from, only single images; accepted: movies, or mode supervised without a self-share.");
        }
    }

    private static MovieFile Rows(MovieFile file, int first, int count) => file with
    {
        Clean = [.. file.Clean.Select(image => Rows(image, first, count))],
        Movies = [.. file.Movies.Select(movie => new Movie(Rows(movie.Mean, first, count),
            [.. movie.Frames.Select(frame => Rows(movie.Mean with { Light = frame }, first, count).Light)]))],
    };

    private static CleanImage Rows(CleanImage image, int first, int count) =>
        image with { Height = count, Light = image.Light[(first * image.Width)..((first + count) * image.Width)] };
}
