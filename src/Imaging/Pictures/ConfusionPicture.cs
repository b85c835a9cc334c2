namespace InferenceBridge.Imaging;

/// <summary>
/// A confusion matrix as a picture: true classes along x, answers along y upwards, a square of pixels for each pair, the brighter the larger the share
/// of the true class's frames that it holds (square root, so that few show too).
/// </summary>
public static class ConfusionPicture
{
    private const int Cell = 10;
    private const byte Empty = 24;
    private const byte EmptyDiagonal = 90;

    /// <summary>Draws the matrix.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="answers">True class and answer of every frame, 0 to <paramref name="classes"/> − 1.</param>
    public static Picture Create(int classes, IEnumerable<(int Truth, int Answer)> answers)
    {
        var counts = new int[classes, classes];
        var totals = new int[classes];
        foreach (var (truth, answer) in answers)
        {
            counts[truth, answer]++;
            totals[truth]++;
        }

        var picture = new Picture(classes * Cell, classes * Cell, 3);
        for (var truth = 0; truth < classes; truth++)
        {
            for (var answer = 0; answer < classes; answer++)
            {
                var share = totals[truth] > 0 ? Math.Sqrt(counts[truth, answer] / (double)totals[truth]) : 0;
                var grey = (byte)(Empty + (share * (byte.MaxValue - Empty)));

                // Where nothing was answered right, the diagonal still shows where that would be.
                var red = truth == answer && counts[truth, answer] == 0 ? EmptyDiagonal : grey;
                picture.Fill(truth * Cell, (classes - 1 - answer) * Cell, Cell - 1, Cell - 1, (red, grey, grey));
            }
        }

        return picture;
    }
}
