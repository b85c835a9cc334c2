using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Places in a focal stack that show something, which is what a network is to learn from: in the sharpest plane they hold at least half as much
/// structure as the best one. Most of a field may be empty, or hold only haze, whose defocus is not that of the stage.
/// </summary>
internal sealed class StackPlaces
{
    private const double LeastPart = 0.5;
    private const int StepsForEachSide = 4;

    private readonly int _height;
    private readonly int _width;
    private readonly int _step;
    private readonly (int Top, int Left)[] _places;

    /// <param name="plane">The sharpest plane, X fastest.</param>
    /// <param name="height">Rows, at least <paramref name="side"/>.</param>
    /// <param name="width">Columns, at least <paramref name="side"/>.</param>
    /// <param name="side">Rows and columns of the crops.</param>
    /// <param name="input">Tells how much structure a crop holds.</param>
    public StackPlaces(float[] plane, int height, int width, int side, DefocusInput input)
    {
        (_height, _width, _step) = (height - side, width - side, side / StepsForEachSide);
        var all = Starts(_height).SelectMany(top => Starts(_width).Select(left => (Top: top, Left: left)))
            .Select(place => (Place: place, input.Of(Crop(plane, width, place, side)).Structure)).ToArray();
        Structure = all.Max(one => one.Structure);
        _places = [.. all.Where(one => one.Structure >= LeastPart * Structure).Select(one => one.Place)];
    }

    /// <summary>How much structure the best place holds; 0 for none.</summary>
    public double Structure { get; }

    /// <summary>Whether there is about as much to see as at other places.</summary>
    public bool IsAsGoodAs(StackPlaces others) => Structure > 0 && Structure >= LeastPart * others.Structure;

    /// <summary>First row and column of a crop, at one of the places or near it.</summary>
    public (int Top, int Left) Draw(SeededRandom random)
    {
        var (top, left) = _places[random.NextIndex(_places.Length)];
        int Near(int at, int last) => Math.Clamp(at + random.NextIndex(_step + 1) - (_step / 2), 0, last);
        return (Near(top, _height), Near(left, _width));
    }

    /// <summary>A crop of a plane.</summary>
    public static float[] Crop(float[] plane, int width, (int Top, int Left) place, int side)
    {
        var crop = new float[side * side];
        for (var row = 0; row < side; row++)
        {
            plane.AsSpan(((place.Top + row) * width) + place.Left, side).CopyTo(crop.AsSpan(row * side));
        }

        return crop;
    }

    // Every step, and the last.
    private IEnumerable<int> Starts(int last) => Enumerable.Range(0, (last / _step) + 1).Select(i => i * _step).Append(last).Distinct();
}
