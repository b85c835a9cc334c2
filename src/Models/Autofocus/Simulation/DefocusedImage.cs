using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// A sharp plane as the microscope shows it at any defocus. Beyond its edges the plane is taken to be mirrored, where its surroundings are not known
/// (<c>Amid</c>). One Fourier transform is made at the beginning and one for every view.
/// </summary>
public sealed class DefocusedImage : IDisposable
{
    private const int LargestMargin = 128;

    // Radial frequencies of the table, from 0 to the corner of the spectrum.
    private const int Frequencies = 1024;
    private const double Corner = 0.70710678118654757;

    private readonly int _height;
    private readonly int _width;
    private readonly int _top;
    private readonly int _left;
    private readonly int _rows;
    private readonly int _columns;
    private readonly Tensor _spectrum;
    private readonly Tensor _below;
    private readonly Tensor _part;
    private readonly DefocusTransfer _transfer;

    /// <param name="sharp">Light of the plane, height × width, X fastest.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="optics">The microscope.</param>
    /// <param name="largestDefocus">Largest |z| that will be asked for, in µm.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: impossible optics.</exception>
    public DefocusedImage(float[] sharp, int height, int width, FocusOptics optics, double largestDefocus)
        : this(sharp, height, width, Transfer(optics, largestDefocus))
    {
    }

    /// <param name="sharp">Light of the plane, height × width, X fastest.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="transfer">That of <see cref="Transfer"/>; many planes may share it.</param>
    internal DefocusedImage(float[] sharp, int height, int width, DefocusTransfer transfer)
        : this(Mirrored(sharp, height, width), Margin(height).Before, Margin(width).Before, height, width, transfer)
    {
    }

    // The field goes on beyond its edges as if it were repeated.
    private DefocusedImage(Tensor field, int top, int left, int height, int width, DefocusTransfer transfer)
    {
        _transfer = transfer;
        (_height, _width, _top, _left) = (height, width, top, left);
        (_rows, _columns) = ((int)field.shape[0], (int)field.shape[1]);
        using var owned = field;
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        _spectrum = fft.rfft2(field, [_rows, _columns], [0, 1]).DetachFromDisposeScope();
        var (below, part) = Positions();
        _below = tensor(below).DetachFromDisposeScope();
        _part = tensor(part).DetachFromDisposeScope();
    }

    /// <summary>A plane amid parts of others, from which light comes across its edges.</summary>
    /// <param name="plane">What is seen.</param>
    /// <param name="others">Planes of any size, one or more.</param>
    /// <param name="optics">The microscope.</param>
    /// <param name="largestDefocus">Largest |z| that will be asked for, in µm.</param>
    /// <param name="random">Decides which parts of which planes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no others.</exception>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: impossible optics.</exception>
    public static DefocusedImage Amid(SharpPlane plane, IReadOnlyList<SharpPlane> others, FocusOptics optics, double largestDefocus, SeededRandom random) =>
        Amid(plane, others, Transfer(optics, largestDefocus), random);

    /// <summary>The same with a transfer that others may share.</summary>
    internal static DefocusedImage Amid(SharpPlane plane, IReadOnlyList<SharpPlane> others, DefocusTransfer transfer, SeededRandom random)
    {
        var ((top, rows), (left, columns)) = (Margin(plane.Height), Margin(plane.Width));
        return new(tensor(plane.Amid(others, top, left, rows, columns, random), [rows, columns]), top, left, plane.Height, plane.Width, transfer);
    }

    /// <summary>The microscope.</summary>
    public FocusOptics Optics => _transfer.Optics;

    /// <summary>The transfer of a microscope at the frequencies that images of any size are made with; it is dear to make.</summary>
    /// <param name="optics">The microscope.</param>
    /// <param name="largestDefocus">Largest |z| that will be asked for, in µm.</param>
    internal static DefocusTransfer Transfer(FocusOptics optics, double largestDefocus) =>
        new(optics, largestDefocus, [.. Enumerable.Range(0, Frequencies).Select(i => i * Corner / (Frequencies - 1))]);

    /// <summary>The plane's light at a defocus, height × width; the same total light but for what crosses the edges.</summary>
    /// <param name="defocus">Stage minus best focus, in µm.</param>
    public float[] At(double defocus)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var table = tensor(Array.ConvertAll(_transfer.At(defocus), value => (float)value));
        var low = table.index_select(0, _below);
        var high = table.index_select(0, _below + 1);
        var factor = (low + (_part * (high - low))).reshape(_rows, (_columns / 2) + 1);
        return fft.irfft2(_spectrum * factor, [_rows, _columns], [0, 1]).narrow(0, _top, _height).narrow(1, _left, _width)
            .contiguous().data<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _spectrum.Dispose();
        _below.Dispose();
        _part.Dispose();
    }

    private static Tensor Mirrored(float[] sharp, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var ((top, rows), (left, columns)) = (Margin(height), Margin(width));
        var high = Edges.Pad(tensor(sharp, [height, width]), 0, top, rows - height - top, EdgeMode.Symmetric);
        return Edges.Pad(high, 1, left, columns - width - left, EdgeMode.Symmetric).MoveToOuterDisposeScope();
    }

    // Rows or columns before the image, and how many there are in all with those behind it.
    private static (int Before, int Length) Margin(int size)
    {
        var margin = Math.Min(size, LargestMargin);
        return (margin, FourierSize.AtLeast(size + (2 * margin)));
    }

    private (long[] Below, float[] Part) Positions()
    {
        var columns = (_columns / 2) + 1;
        var (below, part) = (new long[_rows * columns], new float[_rows * columns]);
        for (var row = 0; row < _rows; row++)
        {
            var y = (double)Math.Min(row, _rows - row) / _rows;
            for (var column = 0; column < columns; column++)
            {
                var x = (double)column / _columns;
                var at = Math.Sqrt((y * y) + (x * x)) / Corner * (Frequencies - 1);
                var index = Math.Min((int)at, Frequencies - 2);
                below[(row * columns) + column] = index;
                part[(row * columns) + column] = (float)(at - index);
            }
        }

        return (below, part);
    }
}
