using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>The nodes of a field over a frame, and what leads from pixels to nodes and back.</summary>
internal sealed class NodeGrid : IDisposable
{
    private readonly Tensor _windowsY;
    private readonly Tensor _windowsX;
    private readonly Tensor _fieldY;
    private readonly Tensor _fieldX;
    private readonly (int Node, float Weight)[][] _alongX;

    public NodeGrid(AxisGrid y, AxisGrid x, Device device)
    {
        (Y, X) = (y, x);
        _alongX = [.. Enumerable.Range(0, x.Size).Select(p => x.Taps(p))];
        _windowsY = AxisGrid.ToTensor(y.Windows(), device).DetachFromDisposeScope();
        _windowsX = AxisGrid.ToTensor(x.Windows(), device).transpose(0, 1).contiguous().DetachFromDisposeScope();
        _fieldY = AxisGrid.ToTensor(y.Interpolation(), device).DetachFromDisposeScope();
        _fieldX = AxisGrid.ToTensor(x.Interpolation(), device).transpose(0, 1).contiguous().DetachFromDisposeScope();
    }

    public AxisGrid Y { get; }

    public AxisGrid X { get; }

    /// <summary>Sums of images around each node.</summary>
    /// <param name="images">float32, (n, y, x).</param>
    /// <returns>By image, row by row.</returns>
    public double[][] Sums(Tensor images)
    {
        using var scope = NewDisposeScope();
        if (images.device_type == DeviceType.CPU)
        {
            return OnCpu(images.contiguous());
        }

        var values = _windowsY.matmul(images.matmul(_windowsX)).to(CPU).contiguous().data<float>().ToArray();
        var n = Y.Count * X.Count;
        return [.. Enumerable.Range(0, (int)images.shape[0]).Select(i => Array.ConvertAll(values[(i * n)..((i + 1) * n)], value => (double)value))];
    }

    /// <summary>The field of all pixels, plus a shift: float32, (2, y, x).</summary>
    public Tensor ToField(NodeField nodes, Displacement shift)
    {
        if (_fieldY.device_type == DeviceType.CPU)
        {
            return NodeFieldRows.ToField(nodes, shift, Y, X, _alongX);
        }

        using var scope = NewDisposeScope();
        float[] values = [.. nodes.Y.Select(value => (float)(value + shift.Y)), .. nodes.X.Select(value => (float)(value + shift.X))];
        return _fieldY.matmul(tensor(values, [2, Y.Count, X.Count], device: _fieldY.device).matmul(_fieldX)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _windowsY.Dispose();
        _windowsX.Dispose();
        _fieldY.Dispose();
        _fieldX.Dispose();
    }

    private double[][] OnCpu(Tensor images)
    {
        var count = (int)images.shape[0];
        var sums = new NodeAccumulator(Y, X, count);
        var values = MemoryMarshal.Cast<byte, float>(images.bytes);
        for (var image = 0; image < count; image++)
        {
            for (var row = 0; row < Y.Size; row++)
            {
                sums.Add(image, row, values.Slice(((image * Y.Size) + row) * X.Size, X.Size));
            }
        }

        return sums.ToSums();
    }
}
