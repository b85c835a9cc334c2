namespace InferenceBridge.Models.Training;

/// <summary>Every noisy plane with its clean one.</summary>
internal static class SupervisedExamples
{
    public static IEnumerable<TrainingExample> Of(DenoisingField field, int channels) =>
        field.Images.Series.SelectMany((series, s) => series.Select((_, p) => new TrainingExample(
            field.Images.Name, field.Images.Height, field.Images.Width, PlaneWindow.At(series, p, channels), field.Targets![s][p])));
}
