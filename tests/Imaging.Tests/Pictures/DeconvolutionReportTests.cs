namespace InferenceBridge.Imaging.Tests;

public class DeconvolutionReportTests
{
    [Fact]
    public void Create_WithPsf_HoldsProjectionsPsfAndProfile()
    {
        var (before, after, psf) = (Blob(2.5), Blob(1.0), Psf());

        var picture = DeconvolutionReport.Create(before, after, psf, cancellation: TestContext.Current.CancellationToken);

        // Two panels of 256 × 256 with their xz below, then captions; the psf of 192 × 192 and its 5 slices in xz below.
        var panels = 8 + 24 + 256 + 4 + (6 * 4) + 8;
        var psfRows = 192 + 4 + (int)Math.Round(192 * 5 / 9.0);
        Assert.Equal((8 + 192 + 8 + 384 + 8, panels + 24 + psfRows + 8), (picture.Width, picture.Height));
        Assert.InRange(picture.Row(panels + 24 + 96)[8 + 96], 245, 255);

        // The white curve rises to the top of its box at the blob's column, 30 of 64.
        var (left, width) = (8 + 192 + 8, picture.Width - 8 - 192 - 8 - 8);
        var peak = (int)Math.Round(30.0 / 63 * (width - 1));
        byte[] Top(int from, int to) => [.. Enumerable.Range(panels + 24, 12).SelectMany(row => picture.Row(row)[(left + from)..(left + to)].ToArray())];
        Assert.Contains((byte)255, Top(peak - 4, peak + 5));
        Assert.DoesNotContain((byte)255, Top(0, peak - 30));
        Assert.DoesNotContain((byte)255, Top(peak + 30, width));
    }

    [Fact]
    public void Create_SinglePlanesWithoutPsf_IsDrawn()
    {
        var plane = MemoryVolume.FromSingles([.. Enumerable.Range(0, 30 * 20).Select(i => (float)i)], new VolumeShape(1, 20, 30));

        Assert.True(DeconvolutionReport.Create(plane, plane, null, cancellation: TestContext.Current.CancellationToken).Width > 0);
    }

    [Fact]
    public void Create_OtherSizes_AreRefused() => Assert.Equal(InferenceError.ShapeMismatch, Assert.Throws<InferenceException>(
        () => DeconvolutionReport.Create(Blob(1), Psf(), null, cancellation: TestContext.Current.CancellationToken)).Error);

    private static MemoryVolume Blob(double sigma) => MemoryVolume.FromSingles([.. from z in Enumerable.Range(0, 6)
        from y in Enumerable.Range(0, 64)
        from x in Enumerable.Range(0, 64)
        select (float)(100 * Math.Exp(-(Math.Pow(z - 3, 2) + Math.Pow(y - 20, 2) + Math.Pow(x - 30, 2)) / (2 * sigma * sigma)))], new VolumeShape(6, 64, 64));

    private static MemoryVolume Psf() => MemoryVolume.FromSingles([.. from z in Enumerable.Range(0, 5)
        from y in Enumerable.Range(0, 9)
        from x in Enumerable.Range(0, 9)
        select (float)Math.Exp(-(Math.Pow(z - 2, 2) + Math.Pow(y - 4, 2) + Math.Pow(x - 4, 2)) / 2)], new VolumeShape(5, 9, 9));
}
