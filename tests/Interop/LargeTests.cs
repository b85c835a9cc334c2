namespace InferenceBridge.Interop;

/// <summary>Virtual stacks that are larger than ImageJ's memory.</summary>
public sealed class LargeTests(ImageJ imageJ)
{
    private const int Planes = 96;
    private const int PlaneBytes = 1024 * 1024 * 2;

    [Fact]
    public async Task Run_VirtualStackLargerThanTheHeap_GoesThroughToAFileAndToAVirtualStack()
    {
        // 192 MiB of raw pixels, each plane with its number in one pixel; ImageJ gets 64 MiB.
        var raw = imageJ["large.raw"];
        await using (var file = File.Create(raw))
        {
            file.SetLength((long)Planes * PlaneBytes);
            for (var plane = 0; plane < Planes; plane++)
            {
                file.Position = ((long)plane * PlaneBytes) + (((512 * 1024) + 700) * 2);
                file.Write(BitConverter.GetBytes((ushort)(1000 + plane)));
            }
        }

        var macro = $"""
            run('Raw...', 'open=[{raw}] image=[16-bit Unsigned] width=1024 height=1024 number={Planes} little-endian use');
            run('Run Operation...', 'operation=diagnostic/identity save=[{imageJ["large.tif"]}] server={imageJ.Server}');
            print('saved=' + nSlices + ' ' + is('Virtual Stack')); close();
            run('Run Operation...', 'operation=diagnostic/identity server={imageJ.Server}');
            setSlice({Planes}); print('virtual=' + is('Virtual Stack') + ' ' + getPixel(700, 512) + ' ' + getPixel(701, 512)); close();
            """;
        var (_, output) = await imageJ.RunMacroAsync(macro, headless: false, "-Xmx64m");
        Assert.Contains($"saved={Planes} 1", output, StringComparison.Ordinal);
        Assert.Contains($"virtual=1 {1000 + Planes - 1} 0", output, StringComparison.Ordinal);
        using var saved = VolumeFile.OpenRead(imageJ["large.tif"]);
        Assert.Equal(new VolumeShape(Planes, 1024, 1024), saved.Info.Shape);
        var row = new byte[2048];
        for (var plane = 0; plane < Planes; plane += 19)
        {
            saved.ReadRows(plane, 512, 1, row);
            Assert.Equal(1000 + plane, BitConverter.ToUInt16(row, 1400));
        }

        File.Delete(imageJ["large.tif"]);
        File.Delete(raw);
    }
}
