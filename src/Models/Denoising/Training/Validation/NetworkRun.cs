using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Runs a network on a whole plane.</summary>
internal static class NetworkRun
{
    /// <summary>The denoised plane, in the unit of the noisy one.</summary>
    public static MemoryVolume Denoise(nn.Module<Tensor, Tensor> network, ValidationImage image, Device device)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var result = network.call(Input(image).to(device)).cpu();
        return ToVolume(image.Domain.Inverse(result), image);
    }

    /// <summary>The noisy plane in its own unit.</summary>
    public static MemoryVolume Noisy(ValidationImage image)
    {
        using var scope = NewDisposeScope();
        var middle = tensor(image.Input[image.Input.Length / 2], [1, 1, image.Height, image.Width]);
        return ToVolume(image.Domain.Restore(middle), image);
    }

    private static Tensor Input(ValidationImage image) => tensor(
        image.Input.SelectMany(plane => plane).ToArray(), [1, image.Input.Length, image.Height, image.Width]);

    private static MemoryVolume ToVolume(Tensor plane, ValidationImage image) =>
        MemoryVolume.FromSingles(plane.contiguous().data<float>().ToArray(), new VolumeShape(1, image.Height, image.Width));
}
