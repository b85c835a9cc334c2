using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>The z drive of a virtual microscope. It reports where it was sent, as drives without an encoder do.</summary>
public sealed class VirtualStage
{
    private readonly VirtualStageOptions _options;
    private readonly SeededRandom _random;
    private double _coupled;
    private double _stopError;

    /// <param name="options">How it behaves.</param>
    /// <param name="start">Where it stands, in µm.</param>
    /// <param name="seed">The same seed gives the same stage.</param>
    public VirtualStage(VirtualStageOptions options, double start, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _random, Z) = (options, new SeededRandom(seed, 1), start);

        // Nobody knows which way it came.
        _coupled = start - (options.Backlash * _random.NextUniform());
    }

    /// <summary>What it reports, in µm.</summary>
    public double Z { get; private set; }

    /// <summary>Where it is, in µm.</summary>
    public double Actual => _coupled + _stopError;

    /// <summary>Moves so far.</summary>
    public int Moves { get; private set; }

    /// <summary>Moves that it was asked for beyond its ends, and refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Moves.</summary>
    /// <param name="z">Where to, in µm.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: beyond its ends; it stays where it is.</exception>
    public void MoveTo(double z)
    {
        if (!(z >= _options.Minimum && z <= _options.Maximum))
        {
            Refused++;
            throw new InferenceException(InferenceError.ParameterOutOfRange, "z", string.Create(CultureInfo.InvariantCulture,
                $"The stage was sent to {z} µm; accepted: {_options.Minimum} to {_options.Maximum}."));
        }

        if (++Moves > (_options.StuckAfterMoves ?? int.MaxValue))
        {
            return;
        }

        // The drive pulls the stage once its play is taken up.
        Z = z;
        _coupled = Math.Clamp(_coupled, z - _options.Backlash, z);
        _stopError = _options.Repeatability * _random.NextGaussian();
    }
}
