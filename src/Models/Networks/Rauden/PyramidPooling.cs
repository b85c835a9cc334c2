using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// Surroundings of several sizes beside the features: H. Zhao et al., "Pyramid Scene Parsing Network", CVPR 2017,
/// doi:10.1109/CVPR.2017.660, with windows around every pixel instead of parts of the image, see <see cref="LocalMean"/>.
/// </summary>
internal sealed class PyramidPooling : nn.Module<Tensor, Tensor>
{
    private static readonly int[] Windows = [3, 5, 9];

    private readonly ModuleList<Conv2d> branches;
    private readonly Conv2d join;

    public PyramidPooling(int features)
        : base(nameof(PyramidPooling))
    {
        branches = new ModuleList<Conv2d>([.. Windows.Select(_ => nn.Conv2d(features, features / 4, 1))]);
        join = nn.Conv2d(features + (Windows.Length * (features / 4)), features, 1);
        RegisterComponents();
    }

    /// <param name="input">(N, C, Y, X).</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var parts = branches.Select((branch, i) => nn.functional.relu(branch.call(LocalMean.Around(input, Windows[i])), inplace: true));
        return nn.functional.relu(join.call(cat([input, .. parts], 1)), inplace: true).MoveToOuterDisposeScope();
    }
}
