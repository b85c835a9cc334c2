using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace InferenceBridge.Models;

/// <summary>The field of all pixels on the CPU: along x once for each row of nodes, then row by row from four of these.</summary>
internal static class NodeFieldRows
{
    /// <param name="nodes">Displacements at the nodes.</param>
    /// <param name="shift">Is added.</param>
    /// <param name="y">Nodes along y.</param>
    /// <param name="x">Nodes along x.</param>
    /// <param name="alongX">As <see cref="AxisGrid.Taps"/> gives it for all pixels.</param>
    /// <returns>float32, (2, y, x).</returns>
    public static Tensor ToField(NodeField nodes, Displacement shift, AxisGrid y, AxisGrid x, (int Node, float Weight)[][] alongX)
    {
        var field = empty([2, y.Size, x.Size]);
        var values = MemoryMarshal.Cast<byte, float>(field.bytes);
        var rows = new float[y.Count * x.Size];
        for (var part = 0; part < 2; part++)
        {
            var (source, offset) = part == 0 ? (nodes.Y, (float)shift.Y) : (nodes.X, (float)shift.X);
            Array.Clear(rows);
            for (var row = 0; row < y.Count; row++)
            {
                for (var p = 0; p < x.Size; p++)
                {
                    var value = 0f;
                    foreach (var (node, weight) in alongX[p])
                    {
                        value += weight * (float)source[(row * x.Count) + node];
                    }

                    rows[(row * x.Size) + p] = value;
                }
            }

            for (var row = 0; row < y.Size; row++)
            {
                var target = values.Slice(((part * y.Size) + row) * x.Size, x.Size);
                target.Fill(offset);
                foreach (var (node, weight) in y.Taps(row))
                {
                    TensorPrimitives.MultiplyAdd(rows.AsSpan(node * x.Size, x.Size), weight, target, target);
                }
            }
        }

        return field;
    }
}
