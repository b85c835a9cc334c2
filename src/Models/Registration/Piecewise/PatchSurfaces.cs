namespace InferenceBridge.Models;

/// <summary>
/// Correlations of patches by displacement, and where they are highest. A patch whose highest point hardly stands above the second shares
/// the correlations of its neighbours, once, then twice over (as suite2p does), before it is believed the less.
/// </summary>
/// <param name="rows">Patches along y.</param>
/// <param name="columns">Patches along x.</param>
/// <param name="reach">Displacements are −reach to reach, along y and x.</param>
/// <param name="values">(row, column, y, x).</param>
internal sealed class PatchSurfaces(int rows, int columns, int reach, float[] values)
{
    // Highest point over the highest beyond its surroundings.
    private const double Clear = 1.4;
    private const int Sharings = 2;
    private const int Surroundings = 2;

    /// <summary>Displacements by patch, and how clear they are, from 0 to 1.</summary>
    public (NodeField Displacements, double[] Clearness) Peaks()
    {
        var (field, clearness) = (new NodeField(rows, columns), new double[rows * columns]);
        var surfaces = values;
        var pending = Enumerable.Range(0, rows * columns).ToList();
        for (var sharing = 0; pending.Count > 0; sharing++)
        {
            if (sharing > 0)
            {
                surfaces = Shared(surfaces);
            }

            pending.RemoveAll(patch =>
            {
                var (y, x, ratio) = Peak(surfaces, patch);
                (field.Y[patch], field.X[patch]) = (y, x);
                clearness[patch] = Math.Clamp((ratio - 1) / (Clear - 1), 0, 1);
                return ratio >= Clear || sharing == Sharings;
            });
        }

        return (field, clearness);
    }

    // With 1, 2, 1 along each axis.
    private float[] Shared(float[] from)
    {
        var each = Side * Side;
        var result = new float[from.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var target = result.AsSpan(((row * columns) + column) * each, each);
                for (var i = -1; i <= 1; i++)
                {
                    for (var j = -1; j <= 1; j++)
                    {
                        var source = (Math.Clamp(row + i, 0, rows - 1) * columns) + Math.Clamp(column + j, 0, columns - 1);
                        var weight = (i == 0 ? 0.5f : 0.25f) * (j == 0 ? 0.5f : 0.25f);
                        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(from.AsSpan(source * each, each), weight, target, target);
                    }
                }
            }
        }

        return result;
    }

    private int Side => (2 * reach) + 1;

    private (double Y, double X, double Ratio) Peak(float[] surfaces, int patch)
    {
        var surface = surfaces.AsSpan(patch * Side * Side, Side * Side);
        var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(surface);
        var (y, x) = Math.DivRem(best, Side);
        var second = 0f;
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Side; j++)
            {
                second = Math.Abs(i - y) <= Surroundings && Math.Abs(j - x) <= Surroundings ? second : Math.Max(second, surface[(i * Side) + j]);
            }
        }

        var peak = surface[best];
        var alongY = y > 0 && y + 1 < Side ? FinePeak.Vertex(surface[best - Side], peak, surface[best + Side]) : 0;
        var alongX = x > 0 && x + 1 < Side ? FinePeak.Vertex(surface[best - 1], peak, surface[best + 1]) : 0;
        return (y - reach + alongY, x - reach + alongX, !(peak > 0) ? 1 : second > 0 ? Math.Min(peak / second, 10) : 10);
    }
}
