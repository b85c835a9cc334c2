namespace InferenceBridge.Models.Training;

/// <summary>Every noisy plane as its own target.</summary>
internal static class BlindSpotExamples
{
    public static IEnumerable<TrainingExample> Of(DenoisingField field, int channels) =>
        field.Images.Series.SelectMany(series => series.Select((plane, p) => new TrainingExample(
            field.Images.Name, field.Images.Height, field.Images.Width, PlaneWindow.At(series, p, channels), plane)));
}
