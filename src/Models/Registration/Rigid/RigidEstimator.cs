using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Finds by how much whole frames have shifted.</summary>
internal sealed class RigidEstimator : IMotionEstimator
{
    private readonly PhaseCorrelation _correlation;
    private readonly int[] _reach;

    /// <param name="sizes">Sizes along z, y and x.</param>
    /// <param name="reach">Largest shift along each, in whole px.</param>
    /// <param name="smoothing">Standard deviation of the Gaussian that the correlation is smoothed with, in px.</param>
    /// <param name="device">Where to run.</param>
    public RigidEstimator(int[] sizes, int[] reach, double smoothing, Device device)
    {
        _correlation = new PhaseCorrelation(sizes, reach, smoothing, ScalarType.Float32, device);
        _reach = reach;
    }

    public void SetTemplate(Tensor template, Tensor? variance = null) => _correlation.SetTemplate(template);

    public Motion Estimate(Tensor image, Displacement? start)
    {
        var found = _correlation.Estimate(image);
        return new Motion(new Displacement(
            Math.Clamp(found.Z, -_reach[0], _reach[0]), Math.Clamp(found.Y, -_reach[1], _reach[1]), Math.Clamp(found.X, -_reach[2], _reach[2])));
    }

    public void Dispose() => _correlation.Dispose();
}
