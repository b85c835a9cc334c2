using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Hides pixels from the network: one at a random place of each 8 × 8 cell takes the value of a random one of the 24 around it, and only
/// there the network is judged, by what stood there. A. Krull, T.-O. Buchholz, F. Jug, "Noise2Void", CVPR 2019.
/// </summary>
/// <param name="images">Crops whose target is the middle channel of their input.</param>
internal sealed class BlindSpotCrops(ICropSource images) : ICropSource
{
    /// <summary>Side of the cells, in pixels.</summary>
    public const int Cell = 8;

    private const int Reach = 2;

    public void Draw(Crop crop, SeededRandom random)
    {
        images.Draw(crop, random);
        crop.Weight.Clear();
        var input = crop.Input(crop.Channels / 2);
        for (var y = 0; y < crop.Size; y += Cell)
        {
            for (var x = 0; x < crop.Size; x += Cell)
            {
                var row = y + random.NextIndex(Math.Min(Cell, crop.Size - y));
                var column = x + random.NextIndex(Math.Min(Cell, crop.Size - x));
                var (fromRow, fromColumn) = Neighbour(row, column, crop.Size, random);

                // From the target, where no pixel has been replaced.
                input[(row * crop.Size) + column] = crop.Target[(fromRow * crop.Size) + fromColumn];
                crop.Weight[(row * crop.Size) + column] = 1;
            }
        }
    }

    private static (int Row, int Column) Neighbour(int row, int column, int size, SeededRandom random)
    {
        while (true)
        {
            var (y, x) = (row + random.NextIndex((2 * Reach) + 1) - Reach, column + random.NextIndex((2 * Reach) + 1) - Reach);
            if ((y, x) != (row, column) && y >= 0 && y < size && x >= 0 && x < size)
            {
                return (y, x);
            }
        }
    }
}
