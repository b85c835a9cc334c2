using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Frames of movies against their means, turned and mirrored, at random places; nothing is known of their motion.</summary>
/// <param name="movies">At least one, none smaller than the crops.</param>
internal sealed class MovieCrops(IReadOnlyList<Movie> movies) : ICropSource
{
    /// <summary>Fills the input alone: the target has no channels.</summary>
    public void Draw(Crop crop, SeededRandom random)
    {
        var movie = movies[random.NextIndex(movies.Count)];
        var frame = movie.Frames[random.NextIndex(movie.Frames.Count)];
        var (height, width) = (movie.Mean.Height, movie.Mean.Width);
        var placement = CropPlacement.Draw(height, width, crop.Size, 1, 1, random);
        MotionPair.Sample(new CubicImage(movie.Mean.Light, height, width), placement, crop.Input(MotionPair.TemplateChannel), crop.Size);
        MotionPair.Sample(new CubicImage(frame, height, width), placement, crop.Input(MotionPair.FrameChannel), crop.Size);
    }
}
