namespace InferenceBridge.Interop;

/// <summary>Focal stacks through the menu's Autofocus command.</summary>
public sealed class AutofocusTests(ImageJ imageJ)
{
    private const int Planes = 11;
    private const int Side = 64;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Autofocus_StackOrMovie_ShowsScoresAndGoesToTheBestPlane(bool isStack)
    {
        // Sharpest at 6.3 of 0 to 10: plane 7 as ImageJ counts.
        var input = imageJ[$"focus-{isStack}.tif"];
        Write(input, isStack);
        var (_, output) = await imageJ.RunMacroAsync($"""
            open('{input}'); setSlice(2);
            run('Autofocus...', 'model=metrics metric=tenengrad server={imageJ.Server}');
            print('windows=' + nImages);
            selectWindow('Focus of focus-{isStack}.tif'); Plot.getValues(xs, ys);
            print('plot=' + xs.length + ' ' + d2s(xs[10], 2) + ' ' + d2s(ys[6], 2) + ' ' + (ys[0] < 0.5));
            selectWindow('Frames of focus-{isStack}.tif');
            print('rows=' + Table.size + ' plane=' + Table.get('plane', 6) + ' z=' + d2s(Table.get('z', 6), 2) + ' score=' + (Table.get('score', 6) == Table.get('tenengrad', 6)));
            selectWindow('focus-{isStack}.tif'); print('at=' + getSliceNumber());
            """);
        Assert.Contains("windows=2", output, StringComparison.Ordinal);
        Assert.Contains(isStack ? "plot=11 2.50 1.00 1" : "plot=11 11.00 1.00 1", output, StringComparison.Ordinal);
        Assert.Contains(isStack ? "rows=11 plane=7 z=1.50 score=1" : "rows=11 plane=7 z=7.00 score=1", output, StringComparison.Ordinal);
        Assert.Contains("at=7", output, StringComparison.Ordinal);
        Assert.Matches(isStack ? @"best plane 7, focus at 1\.5\d\d ± 0\.\d+ (micron|µm|um)" : @"best plane 7, focus at 7\.[23]\d\d ± 0\.\d+ plane", output);
    }

    [Fact]
    public async Task Autofocus_FlatStack_SaysThatNothingIsThere()
    {
        var (_, output) = await imageJ.RunMacroAsync($"""
            newImage('flat', '16-bit black', 40, 40, 5); setSlice(3);
            run('Autofocus...', 'model=metrics server={imageJ.Server}');
            selectWindow('flat'); print('at=' + getSliceNumber());
            """);
        Assert.Contains("no plane shows any structure", output, StringComparison.Ordinal);
        Assert.Contains("at=3", output, StringComparison.Ordinal);
    }

    private static void Write(string path, bool isStack)
    {
        var info = new VolumeInfo(isStack ? new VolumeShape(Planes, Side, Side) : new VolumeShape(Planes, 1, 1, Side, Side), PixelType.Float32)
        {
            Calibration = isStack ? new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.25, Unit = "micron" } : Calibration.None,
        };
        using var writer = VolumeFile.Create(path, info);
        for (var plane = 0; plane < Planes; plane++)
        {
            var contrast = 100 / (1 + ((plane - 6.3) * (plane - 6.3) / 4));
            var values = Enumerable.Range(0, Side * Side).Select(i => (float)(500 + (contrast * (i / 3 % 2)))).ToArray();
            writer.WriteRows(plane, 0, Side, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values));
        }

        writer.Complete();
    }
}
