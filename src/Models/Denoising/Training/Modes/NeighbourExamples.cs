namespace InferenceBridge.Models.Training;

/// <summary>
/// Planes whose target is the next plane beyond the input's window, on either side, except where structure moved. A target within the
/// window would be copied, noise and all.
/// </summary>
internal static class NeighbourExamples
{
    public static IEnumerable<TrainingExample> Of(DenoisingField field, int channels)
    {
        var (images, distance) = (field.Images, (channels / 2) + 1);
        foreach (var series in images.Series)
        {
            // Not reflected: a plane would be its own neighbour.
            for (var p = distance - 1; p <= series.Length - distance; p++)
            {
                foreach (var target in new[] { p - distance, p + distance })
                {
                    if (target >= 0 && target < series.Length)
                    {
                        yield return new TrainingExample(
                            images.Name, images.Height, images.Width, PlaneWindow.At(series, p, channels), series[target],
                            MotionMask.Create(series[p], series[target], images.Height, images.Width));
                    }
                }
            }
        }
    }
}
