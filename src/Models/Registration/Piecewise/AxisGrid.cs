using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Nodes of a field along one axis, evenly spread: how pixels count for nodes, and how nodes make pixels.</summary>
/// <param name="size">Pixels.</param>
/// <param name="centres">Positions of the nodes in px, ascending.</param>
internal sealed class AxisGrid(int size, double[] centres)
{
    /// <summary>Pixels.</summary>
    public int Size => size;

    /// <summary>Number of nodes.</summary>
    public int Count => centres.Length;

    /// <summary>Distance of the nodes, in px; the axis itself where there is one node.</summary>
    public double Spacing => centres.Length > 1 ? (centres[^1] - centres[0]) / (centres.Length - 1) : size;

    /// <summary>Nodes in the middle of cells of at most a length.</summary>
    public static AxisGrid OfCells(int size, double length)
    {
        var count = (int)Math.Max(1, Math.Ceiling(size / length));
        return new AxisGrid(size, [.. Enumerable.Range(0, count).Select(i => (((i + 0.5) * size) / count) - 0.5)]);
    }

    /// <summary>How much each pixel counts for each node: linearly less from node to node; (node, pixel).</summary>
    public double[,] Windows()
    {
        var weights = new double[Count, size];
        for (var p = 0; p < size; p++)
        {
            var (node, t) = At(p);
            weights[node, p] += 1 - t;
            weights[Math.Min(node + 1, Count - 1), p] += t;
        }

        return weights;
    }

    /// <summary>What makes values at positions from those at the nodes, by cubic interpolation (Catmull–Rom); (position, node).</summary>
    /// <param name="positions">In px. Beyond the outermost nodes, values go on as those nodes have them.</param>
    public double[,] Interpolation(IReadOnlyList<double> positions)
    {
        var weights = new double[positions.Count, Count];
        for (var i = 0; i < positions.Count; i++)
        {
            foreach (var (node, weight) in Taps(positions[i]))
            {
                weights[i, node] += weight;
            }
        }

        return weights;
    }

    /// <summary>Nodes that make the value at a position, with their weights.</summary>
    public (int Node, float Weight)[] Taps(double position)
    {
        var (node, t) = At(position);
        var (first, taps) = Resampler.Taps(t, Models.Interpolation.Cubic);
        return [.. taps.Select((weight, k) => (Math.Clamp(node + first + k, 0, Count - 1), (float)weight))];
    }

    /// <summary>The same for all pixels.</summary>
    public double[,] Interpolation() => Interpolation([.. Enumerable.Range(0, size).Select(p => (double)p)]);

    /// <summary>Positions of the nodes, in px.</summary>
    public IReadOnlyList<double> Centres => centres;

    /// <summary>A matrix as a float32 tensor; the caller disposes.</summary>
    public static Tensor ToTensor(double[,] matrix, Device device) =>
        tensor(matrix.Cast<double>().ToArray(), [matrix.GetLength(0), matrix.GetLength(1)], ScalarType.Float32, device);

    /// <summary>The node at or before a position, and how far the position is on its way to the next.</summary>
    public (int Node, double Fraction) At(double position)
    {
        if (Count == 1)
        {
            return (0, 0);
        }

        var at = Math.Clamp((position - centres[0]) / Spacing, 0, Count - 1);
        var node = (int)Math.Min(Math.Floor(at), Count - 2);
        return (node, at - node);
    }
}
