using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// Attention of one set of features to another (A. Vaswani et al., "Attention is all you need", NIPS 2017), each pixel to the 5×5 around
/// its place: the decoder asks the encoder what was there before pooling.
/// </summary>
internal sealed class CrossAttention : nn.Module<Tensor, Tensor, Tensor>
{
    private const int Window = 5;
    private const int KeyFeatures = 16;

    private readonly Conv2d query;
    private readonly Conv2d key;
    private readonly Conv2d value;
    private readonly Conv2d output;

    public CrossAttention(int features)
        : base(nameof(CrossAttention))
    {
        query = nn.Conv2d(features, KeyFeatures, 1);
        key = nn.Conv2d(features, KeyFeatures, 1);
        value = nn.Conv2d(features, features / 2, 1);
        output = nn.Conv2d(features / 2, features, 1);
        RegisterComponents();
    }

    /// <param name="input1">What asks, (N, C, Y, X).</param>
    /// <param name="input2">What answers, of the same shape.</param>
    /// <returns>What asked, with the answer added.</returns>
    public override Tensor forward(Tensor input1, Tensor input2)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (input1.shape[2], input1.shape[3]);
        var asked = query.call(input1).unsqueeze(2);
        var keys = Surroundings(key.call(input2), height, width);
        var values = Surroundings(value.call(input2), height, width);

        // Places beyond the image have keys of 0: they would be asked too, so they are ruled out.
        var within = Surroundings(ones([1, 1, height, width], device: input1.device), height, width);
        var scores = asked.mul(keys).sum(1L, keepdim: true).mul(1 / Math.Sqrt(KeyFeatures)).add(within.sub(1).mul(1e4));
        var answer = values.mul(scores.softmax(2)).sum(2L);
        return output.call(answer).add(input1).MoveToOuterDisposeScope();
    }

    /// <summary>(N, C, Y, X) to (N, C, places, Y, X).</summary>
    private static Tensor Surroundings(Tensor features, long height, long width) =>
        nn.functional.unfold(features, Window, padding: Window / 2).reshape(features.shape[0], features.shape[1], Window * Window, height, width);
}
