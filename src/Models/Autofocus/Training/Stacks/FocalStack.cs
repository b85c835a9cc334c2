using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Training;

/// <summary>A real focal stack, or rows of one.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Planes">Planes that are within the networks' range, height × width.</param>
/// <param name="Defocus">Of each plane, in µm.</param>
/// <param name="Told">The microscope; null for networks that take pixels.</param>
/// <param name="Side">Rows and columns of the crops.</param>
internal sealed record FocalStack(string Name, int Height, int Width, float[][] Planes, double[] Defocus, FocusOptics? Told, int Side)
{
    private readonly DefocusInput _input = new(Told, Side, Side);
    private StackPlaces? _places;

    /// <summary>Where crops are taken.</summary>
    public StackPlaces Places => _places ??= new StackPlaces(Planes[Array.IndexOf(Defocus, Defocus.MinBy(Math.Abs))], Height, Width, Side, _input);

    /// <summary>What was read and where its focus lies, in a line.</summary>
    public string Summary { get; init; } = Name;

    /// <summary>Axes of an example's input, of one sample.</summary>
    public long[] Shape => _input.Shape;

    /// <summary>A crop of a random plane where there is something to see, for a network, and its defocus.</summary>
    public DefocusFrame Draw(SeededRandom random)
    {
        var plane = random.NextIndex(Planes.Length);
        var crop = StackPlaces.Crop(Planes[plane], Width, Places.Draw(random), Side);
        return new DefocusFrame(_input.Of(crop).Input, Shape, Defocus[plane], Told is null || Told is not { SphericalWaves: 0, SampleIndex: null });
    }

    /// <summary>Some of its rows, as a stack of their own.</summary>
    public FocalStack Rows(int first, int count) => this with
    {
        _places = null, Height = count, Planes = Array.ConvertAll(Planes, plane => plane[(first * Width)..((first + count) * Width)]),
    };

    /// <summary>The planes that networks can tell, of a stack with one plane every step.</summary>
    /// <param name="name">Where it comes from.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="planes">All planes in order.</param>
    /// <param name="focus">Number of the plane in focus, from 0; may lie between two.</param>
    /// <param name="step">From plane to plane, in µm; below 0 where the stage went down.</param>
    /// <param name="told">The microscope.</param>
    /// <param name="side">Rows and columns of the crops.</param>
    public static FocalStack Of(string name, int height, int width, float[][] planes, double focus, double step, FocusOptics? told, int side)
    {
        var within = Enumerable.Range(0, planes.Length).Where(i => Math.Abs((i - focus) * step) <= DefocusClasses.Largest + DefocusClasses.Step).ToArray();
        return within.Length >= 2
            ? new FocalStack(name, height, width, [.. within.Select(i => planes[i])], [.. within.Select(i => (i - focus) * step)], told, side)
            {
                Summary = FormattableString.Invariant($"{name}: {planes.Length} planes of {height}×{width}, in focus at plane {focus:0.0#}, counted from 0; {within.Length} planes of ")
                    + FormattableString.Invariant($"{Math.Min((within[0] - focus) * step, (within[^1] - focus) * step):0.0#} to {Math.Max((within[0] - focus) * step, (within[^1] - focus) * step):0.0#} µm are learnt from"),
            }
            : throw new InferenceException(InferenceError.ShapeMismatch, name,
                FormattableString.Invariant($"{name} has {within.Length} of its {planes.Length} planes within 10 µm of focus (plane {focus:0.#}); accepted: two or more."));
    }
}
