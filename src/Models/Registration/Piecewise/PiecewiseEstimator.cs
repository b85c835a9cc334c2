using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Finds smooth fields: a rigid shift first, then displacements of overlapping patches (as NoRMCorre does), then, at nodes twice as dense,
/// what the template's gradients still tell.
/// </summary>
internal sealed class PiecewiseEstimator : IMotionEstimator
{
    private const int Rounds = 3;
    private const double SmallUpdate = 0.03;

    private readonly RigidEstimator _rigid;
    private readonly PatchCorrelation _patches;
    private readonly AxisGrid _patchY;
    private readonly AxisGrid _patchX;
    private readonly NodeGrid _nodes;
    private readonly double[,] _toNodesY;
    private readonly double[,] _toNodesX;
    private readonly FieldPrior _prior = new();
    private readonly FieldNoise _noise;
    private readonly double _largest;
    private readonly int[] _reach;
    private NodeGradient? _gradient;

    /// <param name="frame">One frame, at least <see cref="PatchAxis.ShortestAxis"/> px along y and x.</param>
    /// <param name="options">Common parameters.</param>
    /// <param name="patch">Length of patches in px.</param>
    /// <param name="overlap">What neighbours share, in px.</param>
    /// <param name="device">Where to run.</param>
    public PiecewiseEstimator(VolumeShape frame, MotionOptions options, int patch, int overlap, Device device)
    {
        _reach = options.Reach(frame);
        _largest = options.MaxDeviation;
        _rigid = new RigidEstimator([1, frame.Height, frame.Width], _reach, 0, device);
        var (y, x) = (PatchAxis.Cut(frame.Height, patch, overlap), PatchAxis.Cut(frame.Width, patch, overlap));
        _patches = new PatchCorrelation(y, x, (int)Math.Ceiling(options.MaxDeviation), device);
        (_patchY, _patchX) = (new AxisGrid(frame.Height, y.Centres), new AxisGrid(frame.Width, x.Centres));
        _nodes = new NodeGrid(AxisGrid.OfCells(frame.Height, _patchY.Spacing / 2), AxisGrid.OfCells(frame.Width, _patchX.Spacing / 2), device);
        (_toNodesY, _toNodesX) = (_patchY.Interpolation(_nodes.Y.Centres), _patchX.Interpolation(_nodes.X.Centres));
        _noise = new FieldNoise(_nodes.Y, _nodes.X);
    }

    public void SetTemplate(Tensor template, Tensor? variance = null)
    {
        using var scope = NewDisposeScope();
        _rigid.SetTemplate(template, variance);
        _patches.SetTemplate(template[0]);
        _gradient?.Dispose();
        _gradient = new NodeGradient(_nodes, template[0], variance?[0]);
    }

    public Motion Estimate(Tensor image, Displacement? start)
    {
        using var scope = NewDisposeScope();
        using var shift = _rigid.Estimate(image, start);
        var rigid = shift.Shift;
        var plane = image[0];
        var (found, fit) = Refined(plane, rigid, Rough(plane, rigid));
        var energy = new FieldEnergy(found.MeanSquare(), found.MeanSquareSlope(_nodes.Y.Spacing, _nodes.X.Spacing));
        var noise = _noise.Energy(fit, Stiffness.Of(_nodes.Y, _nodes.X, _prior.Slope));
        var share = _prior.Share(energy, noise);
        for (var i = 0; i < found.Count; i++)
        {
            (found.Y[i], found.X[i]) = (share * found.Y[i], share * found.X[i]);
        }

        return new PiecewiseMotion(_nodes.ToField(found, rigid), shift, energy, noise);
    }

    public void Learn(Motion motion)
    {
        if (motion is PiecewiseMotion found)
        {
            _rigid.Learn(found.Rigid);
            _prior.Learn(found.Energy, found.Noise);
        }
    }

    public void Update()
    {
        _rigid.Update();
        _prior.Update();
    }

    public void Write(BinaryWriter writer)
    {
        _rigid.Write(writer);
        _prior.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        _rigid.Read(reader);
        _prior.Read(reader);
    }

    public void Dispose()
    {
        _rigid.Dispose();
        _patches.Dispose();
        _nodes.Dispose();
        _gradient?.Dispose();
    }

    private NodeField Rough(Tensor plane, Displacement rigid)
    {
        using var scope = NewDisposeScope();
        var moved = Resampler.Shift(plane.unsqueeze(0), rigid, Interpolation.Cubic)[0];
        var (measured, clearness) = _patches.Correlate(moved).Peaks();
        return PatchField.Through(measured, clearness, Stiffness.Of(_patchY, _patchX, _prior.Slope)).To(_toNodesY, _toNodesX);
    }

    private (NodeField Found, NodeFit Last) Refined(Tensor plane, Displacement rigid, NodeField found)
    {
        var stiffness = Stiffness.Of(_nodes.Y, _nodes.X, _prior.Slope);
        NodeFit fit;
        for (var round = 1; ; round++)
        {
            using var scope = NewDisposeScope();
            var field = _nodes.ToField(found, rigid);
            fit = _gradient!.Fit(FieldWarp.Sample(plane, field, Interpolation.Cubic), field);
            var right = fit.Right(found);
            var next = SmoothField.Solve(fit.Curvature, right, stiffness, 0);
            var change = 0.0;
            for (var i = 0; i < next.Count; i++)
            {
                next.Y[i] = Math.Clamp(next.Y[i], -_largest, _largest);
                next.X[i] = Math.Clamp(next.X[i], -_largest, _largest);
                change = Math.Max(change, Math.Max(Math.Abs(next.Y[i] - found.Y[i]), Math.Abs(next.X[i] - found.X[i])));
            }

            found = next;
            if (round == Rounds || change < SmallUpdate)
            {
                return (found, fit.At(right, found));
            }
        }
    }

    /// <summary>A field with what it was measured from.</summary>
    private sealed class PiecewiseMotion(Tensor field, Motion rigid, FieldEnergy energy, FieldEnergy noise) : Motion(MeanOf(field), field)
    {
        public Motion Rigid => rigid;

        public FieldEnergy Energy => energy;

        public FieldEnergy Noise => noise;
    }
}
