using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// This project's own network for defocus. It never sees an image, but the image's radial power spectrum and, for each class of defocus, what the
/// microscope would do to a spectrum there: the same small network compares both for every class, along the frequencies; a second one compares
/// neighbouring classes. Optics that it has not seen are therefore no new images to it. Where +z and −z blur alike, as they do without an aberration,
/// it cannot but give both the same probability.
/// </summary>
internal sealed class SpectralFocusNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Frequencies of a spectrum.</summary>
    public const int Frequencies = 96;

    /// <summary>
    /// Rows of the input before those of the classes: the windowed log spectrum, its weights, frequency over cutoff, log frequency, the periodic log
    /// spectrum, its weights.
    /// </summary>
    public const int FrameRows = 6;

    /// <summary>Rows of the input.</summary>
    public const int Rows = FrameRows + DefocusClasses.Count;

    private const int Channels = 9;
    private const double Slope = 0.1;

    private readonly Conv1d first;
    private readonly Conv1d second;
    private readonly Conv1d third;
    private readonly Conv1d fourth;
    private readonly Conv1d across;
    private readonly Conv1d residual;
    private readonly Conv1d last;

    public SpectralFocusNetwork(SpectralFocusOptions options)
        : base(nameof(SpectralFocusNetwork))
    {
        var width = options.Width;
        first = nn.Conv1d(Channels, width, 7, padding: 3);
        second = nn.Conv1d(width, width, 7, padding: 3, stride: 2);
        third = nn.Conv1d(width, 2 * width, 5, padding: 2, stride: 2);
        fourth = nn.Conv1d(2 * width, 2 * width, 5, padding: 2, stride: 2);
        across = nn.Conv1d(4 * width, 2 * width, 5, padding: 2);
        residual = nn.Conv1d(2 * width, 2 * width, 5, padding: 2);
        last = nn.Conv1d(2 * width, 1, 3, padding: 1);
        RegisterComponents();
    }

    /// <summary>The row of one of the two spectra; its weights follow.</summary>
    public static int SpectrumRow(int kind) => kind == 0 ? 0 : 4;

    /// <param name="input">(N, <see cref="Rows"/>, 1, <see cref="Frequencies"/>), as <see cref="SpectralInput"/> makes it.</param>
    /// <returns>(N, 41, 1, 1): logarithms of the classes' probabilities, but for a constant.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (count, classes) = (input.shape[0], (long)DefocusClasses.Count);
        Tensor Row(long row) => input.narrow(1, row, 1).reshape(count, 1, Frequencies).expand(count, classes, Frequencies);
        var transfer = input.narrow(1, FrameRows, classes).reshape(count, classes, Frequencies);

        // How bright the object is says nothing: only the shape of the difference does.
        (Tensor Shape, Tensor Weight, Tensor Spectrum) Compared(int row)
        {
            var (spectrum, weight) = (Row(row), Row(row + 1));
            var difference = spectrum - transfer;
            var level = (weight * difference).sum([2], keepdim: true) / (weight.sum([2], keepdim: true) + 1e-3);
            return (weight * (difference - level) / 2, weight, spectrum / 3);
        }

        var (windowed, periodic) = (Compared(SpectrumRow(0)), Compared(SpectrumRow(1)));
        var features = stack(
            [windowed.Shape, windowed.Weight, transfer / 4, windowed.Spectrum, Row(2).clamp_max(2), Row(3) / 2, periodic.Shape, periodic.Weight, periodic.Spectrum], 2)
            .reshape(count * classes, Channels, Frequencies);
        features = Activate(first.call(features));
        features = Activate(second.call(features));
        features = Activate(third.call(features));
        features = Activate(fourth.call(features));
        var classwise = cat([features.mean([-1L]), features.amax(-1L)], 1).reshape(count, classes, -1).transpose(1, 2);

        // Both ways along the classes: the other side of focus with the other sign of the aberration is the same blur.
        var both = Compare(classwise) + Compare(classwise.flip(2)).flip(2);
        return (both / 2).reshape(count, classes, 1, 1).MoveToOuterDisposeScope();
    }

    private Tensor Compare(Tensor classwise)
    {
        var compared = Activate(across.call(classwise));
        return last.call(Activate(residual.call(compared)) + compared);
    }

    private static Tensor Activate(Tensor values) => nn.functional.leaky_relu(values, Slope);
}
