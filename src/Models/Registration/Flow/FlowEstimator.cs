using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Finds the field by which a frame has moved: first the shift of all of it, then the rest by a network.</summary>
internal sealed class FlowEstimator : IMotionEstimator
{
    // Level at which first passes end: a quarter of the resolution.
    private const int CoarseFinest = 2;

    private readonly FlowNetwork _network;
    private readonly RigidEstimator _rigid;
    private readonly double _deviation;
    private readonly (FlowTile Y, FlowTile X)[] _tiles;
    private readonly int _height;
    private readonly int _width;
    private readonly List<IReadOnlyList<FlowTemplate>> _templates = [];
    private MotionPrior _shifts = new();
    private FieldPrior _fields = new();
    private Tensor? _smoothed;
    private int _finest;

    /// <param name="network">On the device, for inference; stays the caller's.</param>
    /// <param name="height">Rows of the frames.</param>
    /// <param name="width">Columns of the frames.</param>
    /// <param name="reach">Largest shift along z, y and x, in whole px.</param>
    /// <param name="deviation">Largest distance of the field from the shift along each axis, in px.</param>
    /// <param name="device">Where to run.</param>
    public FlowEstimator(FlowNetwork network, int height, int width, int[] reach, double deviation, Device device)
    {
        (_network, _height, _width, _deviation) = (network, height, width, deviation);
        _rigid = new RigidEstimator([1, height, width], [0, reach[1], reach[2]], 0, device);
        _tiles = [.. from y in FlowTile.Along(height) from x in FlowTile.Along(width) select (y, x)];
    }

    private bool IsTooSmall => _height < FlowNetwork.SmallestSide || _width < FlowNetwork.SmallestSide;

    // The two finest levels take a third of the time, and hardly change the mean. What a first pass finds tells how its template was off
    // rather than how frames move: the second one learns anew, and until then believes in evident motion alone.
    public void Begin(bool onlyLooks)
    {
        var isSecond = _finest > 0;
        (_finest, _shifts, _fields) = (onlyLooks ? CoarseFinest : 0, new MotionPrior(isSecond), new FieldPrior(isSecond));
    }

    public void SetTemplate(Tensor template, Tensor? variance = null)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        Release();
        _rigid.SetTemplate(template, variance);
        _smoothed = SmoothedImage.Of(template).DetachFromDisposeScope();
        if (IsTooSmall)
        {
            return;
        }

        var image = Prepared(template);
        foreach (var (y, x) in _tiles)
        {
            using var inner = NewDisposeScope();
            var levels = _network.Prepare(Cut(image, y, x), y.Length, x.Length);
            foreach (var tensor in levels.SelectMany(level => level.Tensors))
            {
                tensor.DetachFromDisposeScope();
            }

            _templates.Add(levels);
        }
    }

    public Motion Estimate(Tensor image, Displacement? start)
    {
        using var rigid = _rigid.Estimate(image, start);
        var shift = rigid.Shift;
        if (IsTooSmall)
        {
            return new Motion(shift);
        }

        // By whole pixels, which copies them: the network finds the rest.
        var whole = new Displacement(0, Math.Round(shift.Y), Math.Round(shift.X));
        var moved = Resampler.Shift(image, whole, Interpolation.Bilinear);
        if (whole != Displacement.Zero && Correlation(moved) <= Correlation(image))
        {
            // A field without a shift may look like one to a correlation of the whole frame.
            (shift, whole, moved) = (Displacement.Zero, Displacement.Zero, image);
        }

        var field = Find(Prepared(moved), whole);
        Limit(field[0].add_(whole.Y), shift.Y);
        Limit(field[1].add_(whole.X), shift.X);
        return Expected(field);
    }

    public void Learn(Motion motion)
    {
        if (motion is FlowMotion found)
        {
            _shifts.Learn(found.Measured, Displacement.Zero);
            _fields.Learn(found.Energy, default);
        }
    }

    public void Update()
    {
        _shifts.Update();
        _fields.Update();
    }

    public void Write(BinaryWriter writer)
    {
        _shifts.Write(writer);
        _fields.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        _shifts.Read(reader);
        _fields.Read(reader);
    }

    public void Dispose()
    {
        Release();
        _rigid.Dispose();
    }

    private static Tensor Prepared(Tensor image) => FlowNetwork.Normalise(FlowNetwork.Extend(image.unsqueeze(0)));

    private static Tensor Cut(Tensor image, FlowTile y, FlowTile x) => image
        .narrow(2, y.Start, Math.Min(Extended(y.Length), image.shape[2] - y.Start)).narrow(3, x.Start, Math.Min(Extended(x.Length), image.shape[3] - x.Start));

    private static int Extended(int length) => (length + FlowNetwork.Cell - 1) / FlowNetwork.Cell * FlowNetwork.Cell;

    /// <summary>The field of a frame that was moved by whole pixels, (2, y, x).</summary>
    private Tensor Find(Tensor image, Displacement whole)
    {
        // A frame of several parts has a mean of their fields where they overlap.
        var sum = _tiles.Length == 1 ? null : zeros([2, _height, _width], image.dtype, image.device);
        var weights = _tiles.Length == 1 ? null : zeros([_height, _width], image.dtype, image.device);
        foreach (var ((y, x), template) in _tiles.Zip(_templates))
        {
            using var scope = NewDisposeScope();
            var bounds = new FlowBounds(
                Math.Max(0, -whole.Y - y.Start), Math.Min(y.Length, _height - whole.Y - y.Start) - 1,
                Math.Max(0, -whole.X - x.Start), Math.Min(x.Length, _width - whole.X - x.Start) - 1);
            var field = FlowNetwork.Enlarge(_network.Find(template, Cut(image, y, x), bounds, _finest)[^1].Field, y.Length, x.Length).squeeze(0);
            if (sum is null)
            {
                return field.contiguous().MoveToOuterDisposeScope();
            }

            var weight = tensor(y.Weights(_height), device: image.device).unsqueeze(1).mul(tensor(x.Weights(_width), device: image.device).unsqueeze(0));
            sum.narrow(1, y.Start, y.Length).narrow(2, x.Start, x.Length).add_(field.mul(weight));
            weights!.narrow(0, y.Start, y.Length).narrow(1, x.Start, x.Length).add_(weight);
        }

        return sum!.div_(weights!);
    }

    /// <summary>What of a field is motion, in the light of the movie: in one that stands still, nothing.</summary>
    private FlowMotion Expected(Tensor field)
    {
        var measured = new Displacement(0, field[0].mean().ToDouble(), field[1].mean().ToDouble());
        var mean = tensor([(float)measured.Y, (float)measured.X], [2, 1, 1], device: field.device);
        field.sub_(mean);
        var energy = new FieldEnergy(field.square().mean().ToDouble() * 2, 0);
        var expected = _shifts.Expected(measured, Displacement.Zero);
        mean = tensor([(float)expected.Y, (float)expected.X], [2, 1, 1], device: field.device);
        return new FlowMotion(field.mul_(_fields.Share(energy, default)).add_(mean), measured, energy);
    }

    private double Correlation(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (SmoothedImage.Of(image), _smoothed!);
        (a, b) = (a.sub(a.mean()), b.sub(b.mean()));
        var norm = Math.Sqrt(a.square().sum().ToDouble() * b.square().sum().ToDouble());
        return norm > 0 ? a.mul(b).sum().ToDouble() / norm : 0;
    }

    private void Limit(Tensor component, double shift) => component.clamp_(shift - _deviation, shift + _deviation);

    private void Release()
    {
        foreach (var tensor in _templates.SelectMany(levels => levels).SelectMany(level => level.Tensors))
        {
            tensor.Dispose();
        }

        _templates.Clear();
        _smoothed?.Dispose();
        _smoothed = null;
    }

    /// <summary>A field with what it was measured from.</summary>
    private sealed class FlowMotion(Tensor field, Displacement measured, FieldEnergy energy) : Motion(MeanOf(field), field)
    {
        public Displacement Measured => measured;

        public FieldEnergy Energy => energy;
    }
}
