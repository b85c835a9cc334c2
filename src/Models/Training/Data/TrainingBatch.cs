using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>What one step learns from. Belongs to whoever drew it.</summary>
/// <param name="Input">Float32, (N, C, Y, X).</param>
/// <param name="Target">Float32, (N, K, Y, X); K is 0 where nothing is known to compare with.</param>
/// <param name="Weight">Float32, (N, 1, Y, X), 0 to 1; null where all pixels count alike.</param>
internal sealed record TrainingBatch(Tensor Input, Tensor Target, Tensor? Weight) : IDisposable
{
    public TrainingBatch To(Device device) => device.type == TorchSharp.DeviceType.CPU
        ? this
        : new TrainingBatch(Input.to(device), Target.to(device), Weight?.to(device));

    public void Dispose()
    {
        Input.Dispose();
        Target.Dispose();
        Weight?.Dispose();
    }
}
