namespace InferenceBridge.Models.Training;

/// <summary>What a file gives to a registration training.</summary>
/// <param name="Path">The file.</param>
/// <param name="Clean">Clean images: the image itself; of a movie its mean, and means over a few frames.</param>
/// <param name="Movies">The frames of its movies with their means.</param>
internal sealed record MovieFile(string Path, IReadOnlyList<CleanImage> Clean, IReadOnlyList<Movie> Movies);

/// <summary>A movie to learn from without known displacements.</summary>
/// <param name="Mean">What its frames are moved to.</param>
/// <param name="Frames">The frames, on the mean's scale, moved so that whole pixels of shift are gone.</param>
internal sealed record Movie(CleanImage Mean, IReadOnlyList<float[]> Frames);
