using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Whether a training can go on from a checkpoint.</summary>
internal static class CheckpointMatch
{
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/>: a setting differs; <see cref="InferenceError.ShapeMismatch"/>: weights of other shapes.
    /// </exception>
    public static void Check(
        string path, Checkpoint checkpoint, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, Tensor> weights,
        IReadOnlyDictionary<string, Tensor> helper)
    {
        var before = checkpoint.State.Settings;
        foreach (var name in settings.Keys.Union(before.Keys))
        {
            var (was, now) = (before.GetValueOrDefault(name, "absent"), settings.GetValueOrDefault(name, "absent"));
            if (was != now)
            {
                throw new InferenceException(InferenceError.UsageInvalid, name,
                    $"{name} is {now}, and was {was} in the training whose checkpoint is {path}; accepted: the same, or a training without resume.");
            }
        }

        CheckWeights(path, checkpoint.Network, weights);
        CheckWeights(path, checkpoint.Helper, helper);
    }

    private static void CheckWeights(string path, IReadOnlyDictionary<string, Tensor> before, IReadOnlyDictionary<string, Tensor> weights)
    {
        foreach (var (name, tensor) in weights)
        {
            if (!before.TryGetValue(name, out var value) || !value.shape.SequenceEqual(tensor.shape))
            {
                throw new InferenceException(InferenceError.ShapeMismatch, path,
                    $"Checkpoint {path} has {(value is null ? "no" : string.Join('×', value.shape))} values for the weight {name} of "
                    + $"{string.Join('×', tensor.shape)}; accepted: the checkpoint of this network.");
            }
        }
    }
}
