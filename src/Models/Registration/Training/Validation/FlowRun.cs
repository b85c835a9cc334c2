using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Runs a network on pairs.</summary>
internal static class FlowRun
{
    /// <summary>The displacements that a network finds: along y, then along x, in px.</summary>
    public static float[] Find(nn.Module<Tensor, Tensor> network, ValidationPair pair, Device device)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var input = tensor(pair.Input, [1, 2, pair.Size, pair.Size], device: device);
        return network.call(input).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>The mean distance to the true displacements, over all pixels and over those with structure, in px.</summary>
    public static (double All, double Textured) Error(float[] found, ValidationPair pair)
    {
        var (all, textured, count, pixels) = (0d, 0d, 0, pair.Size * pair.Size);
        for (var i = 0; i < pixels; i++)
        {
            var (y, x) = (found[i] - pair.Target[i], found[pixels + i] - pair.Target[pixels + i]);
            var distance = Math.Sqrt((y * y) + (x * x));
            all += distance;
            if (pair.Textured[i])
            {
                textured += distance;
                count++;
            }
        }

        return (all / pixels, textured / count);
    }
}
