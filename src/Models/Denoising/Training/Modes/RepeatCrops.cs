using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Two different frames of a field that does not change: one is the input, the other the target.</summary>
/// <param name="fields">Each with at least two planes in every series, none smaller than the crops.</param>
/// <param name="augmentation">How crops are varied.</param>
internal sealed class RepeatCrops(IReadOnlyList<DenoisingField> fields, Augmentation augmentation) : ICropSource
{
    private readonly (ChannelImages Images, float[][] Planes)[] _series =
        [.. fields.SelectMany(field => field.Images.Series.Select(planes => (field.Images, planes)))];

    public void Draw(Crop crop, SeededRandom random)
    {
        var (images, planes) = _series[random.NextIndex(_series.Length)];
        var input = random.NextIndex(planes.Length);
        var target = random.NextIndex(planes.Length - 1);
        target += target >= input ? 1 : 0;
        ExampleCrops.Cut(
            new TrainingExample(images.Name, images.Height, images.Width, [planes[input]], planes[target]), augmentation, crop, random);
    }
}
