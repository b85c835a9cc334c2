using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>Plans moves that stay within limits and take up the play of the stage, and sees whether it goes where it is sent.</summary>
internal sealed class FocusStage(FocusSearchOptions options)
{
    // A stage that makes less than this part of a move has not moved.
    private const double LeastPartOfMove = 0.1;

    private bool _isBegun;
    private bool _isSeated;
    private bool _hasMoved;
    private double _from;
    private double _target;

    /// <summary>Where the search may go.</summary>
    public FocusWindow Window { get; private set; }

    /// <summary>How far the stage may be from where it says, since its play has not been taken up yet, in µm.</summary>
    public double Slack => _isSeated ? 0 : Math.Abs(options.Backlash);

    /// <summary>Which way moves need no second one: 1 up, −1 down, 0 where both are alike.</summary>
    public int EasyWay => Math.Sign(options.Backlash);

    /// <summary>Takes the position that a frame reports.</summary>
    /// <returns>What is wrong with it; null for nothing.</returns>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: the search starts outside of its limits.</exception>
    public string? Arrive(double z)
    {
        if (!_isBegun)
        {
            Begin(z);
            return null;
        }

        if (!_hasMoved)
        {
            return null;
        }

        var asked = _target - _from;
        if (Math.Abs(z - _target) > options.StageTolerance)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"The stage was sent to {_target:0.###} µm and reports {z:0.###} µm, farther than stage_tolerance_um = {options.StageTolerance} µm away.");
        }

        return Math.Abs(asked) >= options.Tolerance && Math.Abs(z - _from) < LeastPartOfMove * Math.Abs(asked)
            ? string.Create(CultureInfo.InvariantCulture, $"The stage was sent from {_from:0.###} to {_target:0.###} µm and reports {z:0.###} µm: it does not move.")
            : null;
    }

    /// <summary>The range lies around this place from now on.</summary>
    public void Centre(double z) => Window = FocusWindow.Around(Math.Clamp(z, options.Minimum, options.Maximum), options);

    /// <summary>Says what ends the window on the side of a place: the travel, or the range.</summary>
    public string DescribeEnd(double wanted)
    {
        var isUp = wanted - Window.Low > Window.High - wanted;
        var (end, name, limit) = isUp ? (Window.High, "maximum_z_um", options.Maximum) : (Window.Low, "minimum_z_um", options.Minimum);
        var cause = end == limit ? $"the limit of travel {name} ended the search"
            : string.Create(CultureInfo.InvariantCulture, $"range_um = {options.Range} ended the search; accepted: a larger one, within the limits of travel");
        return string.Create(CultureInfo.InvariantCulture, $"The focus seems to lie at z = {end:0.###} µm or beyond, where {cause}.");
    }

    /// <summary>Plans a move, as far as it may go at once.</summary>
    /// <param name="z">Where the stage is.</param>
    /// <param name="wanted">Where it should be.</param>
    /// <returns>Where to send it, and where first.</returns>
    public (double Target, double? Approach) Plan(double z, double wanted)
    {
        var backlash = options.Backlash;
        var target = Window.Clamp(wanted);
        var step = target - z;
        var needsApproach = backlash != 0 && (step * backlash < 0 || (!_isSeated && Math.Abs(step) < Math.Abs(backlash)));

        // The way to the place before the target is a move too.
        var most = needsApproach ? options.LargestStep - Math.Abs(backlash) : options.LargestStep;
        target = Window.Clamp(z + Math.Clamp(step, -most, most));
        (_from, _target, _hasMoved, _isSeated) = (z, target, true, _isSeated || backlash != 0);
        return (target, needsApproach ? Window.Clamp(target - backlash) : null);
    }

    /// <summary>The stage is left where it is.</summary>
    public void Stay(double z) => (_from, _target, _hasMoved) = (z, z, false);

    public void Write(BinaryWriter writer)
    {
        writer.Write(_isBegun);
        writer.Write(_isSeated);
        writer.Write(_hasMoved);
        writer.Write(_from);
        writer.Write(_target);
        writer.Write(Window.Low);
        writer.Write(Window.High);
    }

    public void Read(BinaryReader reader)
    {
        (_isBegun, _isSeated, _hasMoved) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
        (_from, _target) = (reader.ReadDouble(), reader.ReadDouble());
        Window = new FocusWindow(reader.ReadDouble(), reader.ReadDouble());
    }

    private void Begin(double z)
    {
        if (z < options.Minimum || z > options.Maximum)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, z < options.Minimum ? "parameters.minimum_z_um" : "parameters.maximum_z_um",
                string.Create(CultureInfo.InvariantCulture,
                    $"The first frame was taken at z = {z} µm, and the limits of travel are {options.Minimum} to {options.Maximum} µm; accepted: limits that include the start."));
        }

        Centre(z);
        _isBegun = true;
    }
}
