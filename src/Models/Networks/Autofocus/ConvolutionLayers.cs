using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>Layers that the classic classifiers are made of.</summary>
internal static class ConvolutionLayers
{
    /// <summary>A convolution without bias that keeps the size but for its stride, then batch normalisation.</summary>
    public static IEnumerable<nn.Module<Tensor, Tensor>> Normalised(long from, long to, long size, long stride = 1, long groups = 1) =>
        [nn.Conv2d(from, to, size, stride: stride, padding: size / 2, groups: groups, bias: false), nn.BatchNorm2d(to)];

    /// <summary>Modules one after the other, named 0, 1, ...</summary>
    public static Sequential Sequence(IEnumerable<nn.Module<Tensor, Tensor>> modules)
    {
        var sequence = nn.Sequential();
        foreach (var module in modules)
        {
            sequence.append(module);
        }

        return sequence;
    }

    /// <summary>The mean over the image, (N, C, Y, X) to (N, C).</summary>
    public static Tensor Mean(Tensor features) => features.mean([2L, 3L]);

    /// <summary>Normal weights of variance 2 over the outputs of each kernel, as He et al. 2015 (doi:10.1109/ICCV.2015.123) have them.</summary>
    public static void Initialise(nn.Module module)
    {
        foreach (var layer in module.modules().OfType<Conv2d>())
        {
            nn.init.kaiming_normal_(layer.weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        }
    }
}
