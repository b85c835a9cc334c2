using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>Sums of images around each node, taken in row by row on the CPU: windows overlap two by two, so that each row counts for two rows of nodes.</summary>
/// <param name="y">Nodes along y.</param>
/// <param name="x">Nodes along x.</param>
/// <param name="images">How many are summed at once.</param>
internal sealed class NodeAccumulator(AxisGrid y, AxisGrid x, int images)
{
    private readonly float[] _rows = new float[checked(images * y.Count * x.Size)];

    /// <summary>Takes a row in.</summary>
    /// <param name="image">Of which image.</param>
    /// <param name="row">Which row.</param>
    /// <param name="values">Its pixels.</param>
    public void Add(int image, int row, ReadOnlySpan<float> values)
    {
        var (node, t) = y.At(row);
        AddTo(image, node, values, (float)(1 - t));
        AddTo(image, Math.Min(node + 1, y.Count - 1), values, (float)t);
    }

    /// <summary>The sums by image, row of nodes by row.</summary>
    public double[][] ToSums()
    {
        var places = new (int Node, double Fraction)[x.Size];
        for (var p = 0; p < places.Length; p++)
        {
            places[p] = x.At(p);
        }

        var sums = new double[images][];
        for (var image = 0; image < images; image++)
        {
            sums[image] = new double[y.Count * x.Count];
            for (var row = 0; row < y.Count; row++)
            {
                var values = Row(image, row);
                var target = sums[image].AsSpan(row * x.Count, x.Count);
                for (var p = 0; p < places.Length; p++)
                {
                    var (node, t) = places[p];
                    target[node] += (1 - t) * values[p];
                    target[Math.Min(node + 1, x.Count - 1)] += t * values[p];
                }
            }
        }

        return sums;
    }

    private void AddTo(int image, int node, ReadOnlySpan<float> values, float weight)
    {
        if (weight > 0)
        {
            var target = Row(image, node);
            TensorPrimitives.MultiplyAdd(values, weight, target, target);
        }
    }

    private Span<float> Row(int image, int node) => _rows.AsSpan(((image * y.Count) + node) * x.Size, x.Size);
}
