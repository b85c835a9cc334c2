using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// The difference of the student's output to the target, to what its teacher makes of the same crop (G. Hinton, O. Vinyals, J. Dean,
/// "Distilling the knowledge in a neural network", arXiv:1503.02531), and of its features to the teacher's. The output is compared as it is:
/// it has one channel, over which a softmax would tell nothing.
/// </summary>
internal sealed class DistillationObjective : IObjective, IDisposable
{
    // A feature loss is a part of 1, and the others are squares in the domain's unit: one that is wholly wrong counts as the noise's variance.
    private const double FeatureUnit = 1 / (StabilisedDomain.Scale * StabilisedDomain.Scale);

    private readonly ILoss _loss;
    private readonly RaudenNetwork _teacher;
    private readonly FeatureProjections _projections;
    private readonly double _outputWeight;
    private readonly double _featureWeight;

    /// <param name="loss">The loss to the target.</param>
    /// <param name="student">The network that is trained.</param>
    /// <param name="teacher">The network that it learns from, on the same device; belongs to the caller.</param>
    /// <param name="outputWeight">How much the difference to the teacher's output counts.</param>
    /// <param name="featureWeight">How much the difference to the teacher's features counts.</param>
    /// <param name="device">Where both are.</param>
    public DistillationObjective(
        ILoss loss, RaudenNetwork student, RaudenNetwork teacher, double outputWeight, double featureWeight, Device device)
    {
        (_loss, _teacher, _outputWeight, _featureWeight) = (loss, teacher, outputWeight, featureWeight);
        _projections = (FeatureProjections)new FeatureProjections(student, teacher).to(device);
    }

    public nn.Module? Helper => _projections;

    public Tensor Evaluate(nn.Module<Tensor, Tensor> network, TrainingBatch batch)
    {
        var student = (RaudenNetwork)network;
        var image = RaudenNetwork.Extend(batch.Input);
        var features = student.Features(image);
        var output = Cut(student.Finish(image, features), batch.Target);
        var (wantedFeatures, wanted) = Taught(image, batch.Target);
        var sum = _loss.Compute(output, batch.Target, batch.Weight);
        if (_outputWeight > 0)
        {
            sum = sum.add(nn.functional.mse_loss(output, wanted).mul(_outputWeight));
        }

        return _featureWeight > 0 ? sum.add(_projections.Difference(features, wantedFeatures).mul(_featureWeight * FeatureUnit)) : sum;
    }

    /// <summary>How far a student is from its teacher: the output's mean squared difference, and that of its features as a part of theirs.</summary>
    public (double Output, double Features) Difference(RaudenNetwork student, Tensor input)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var image = RaudenNetwork.Extend(input);
        var features = student.Features(image);
        var (wantedFeatures, wanted) = Taught(image, input);
        return (nn.functional.mse_loss(Cut(student.Finish(image, features), input), wanted).item<float>(),
            _projections.Difference(features, wantedFeatures).item<float>());
    }

    public void Dispose() => _projections.Dispose();

    private (IReadOnlyList<Tensor> Features, Tensor Output) Taught(Tensor image, Tensor like)
    {
        using var grad = no_grad();
        var features = _teacher.Features(image);
        return (features, Cut(_teacher.Finish(image, features), like));
    }

    private static Tensor Cut(Tensor output, Tensor like) => output.narrow(2, 0, like.shape[2]).narrow(3, 0, like.shape[3]);
}
