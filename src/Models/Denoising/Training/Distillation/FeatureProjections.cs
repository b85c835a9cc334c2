using InferenceBridge.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Takes a student's features to as many as its teacher has, level by level: a pointwise convolution that is trained along and dropped
/// after training (A. Romero et al., "FitNets", ICLR 2015).
/// </summary>
internal sealed class FeatureProjections : nn.Module
{
    private readonly ModuleList<Conv2d> levels;

    public FeatureProjections(RaudenNetwork student, RaudenNetwork teacher)
        : base(nameof(FeatureProjections))
    {
        levels = new ModuleList<Conv2d>([.. student.Widths.Zip(teacher.Widths, (from, to) => nn.Conv2d(from, to, 1))]);
        RegisterComponents();
    }

    /// <summary>
    /// The mean squared difference to the teacher's features as a part of their mean square, averaged over levels: about 1 for a student that knows
    /// nothing, 0 for one that knows all.
    /// </summary>
    /// <param name="student">The student's features by level, (N, C, Y, X).</param>
    /// <param name="teacher">The teacher's, of the same sizes along y and x, without gradients.</param>
    public Tensor Difference(IReadOnlyList<Tensor> student, IReadOnlyList<Tensor> teacher)
    {
        var parts = levels.Select((level, i) => nn.functional.mse_loss(level.call(student[i]), teacher[i]).div(teacher[i].square().mean().clamp_min(1e-12)));
        return parts.Aggregate((sum, part) => sum.add(part)).div(levels.Count);
    }
}
