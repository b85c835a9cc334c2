namespace InferenceBridge.Interop;

/// <summary>The example macros do what they say.</summary>
public sealed class ExampleMacroTests(ImageJ imageJ)
{
    private static readonly VolumeShape Shape = new(2, 2, 3, 30, 32);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneImage_WithPsf_DenoisesAndDeconvolves()
    {
        var input = Files.WriteRandom(imageJ["example-one.tif"], Shape, PixelType.UInt16);
        var psf = Files.WriteRandom(imageJ["example-psf.tif"], new VolumeShape(3, 5, 5), PixelType.Float32, seed: 5);
        var output = await RunAsync($"open('{input}'); runMacro('{Example("One_Image.ijm")}', '{psf}'); saveAs('Tiff', '{imageJ["example-one-out.tif"]}');");

        await using var client = imageJ.Connect();
        var denoised = await client.RunAsync(Files.Read(input), new RunRequest("denoise/nlm")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["patch_size"] = 5, ["patch_distance"] = 6 },
        }, null, Cancellation);
        using var kernel = VolumeFile.OpenRead(psf);
        var expected = await client.RunAsync(denoised.Volume, new RunRequest("deconvolve/richardson-lucy")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["iterations"] = 20, ["background"] = 100.0 },
            Auxiliaries = new Dictionary<string, IVolumeReader> { ["psf"] = kernel },
        }, null, Cancellation);
        AssertEqual(expected.Volume, "example-one-out.tif", output);
    }

    [Fact]
    public async Task TimeLapse_FewFrames_DenoisesThemInPlace()
    {
        var input = Files.WriteRandom(imageJ["example-time.tif"], Shape, PixelType.UInt16);
        var output = await RunAsync($"open('{input}'); runMacro('{Example("Time_Lapse.ijm")}'); saveAs('Tiff', '{imageJ["example-time-out.tif"]}');");
        AssertEqual(await DenoisedAsync(input), "example-time-out.tif", output);
    }

    [Fact]
    public async Task TwoChannels_Hyperstack_TreatsEachByItsOwnStrength()
    {
        var input = Files.WriteRandom(imageJ["example-two.tif"], Shape, PixelType.UInt16);
        var output = await RunAsync($"open('{input}'); runMacro('{Example("Two_Channels.ijm")}'); saveAs('Tiff', '{imageJ["example-two-out.tif"]}');");
        Assert.True(File.Exists(imageJ["example-two-out.tif"]), output);
        var (before, after) = (Files.Read(input), Files.Read(imageJ["example-two-out.tif"]));
        Assert.Equal(Shape, after.Info.Shape);
        for (var plane = 0; plane < Shape.PlaneCount; plane++)
        {
            Assert.False(before.Plane(plane).Span.SequenceEqual(after.Plane(plane).Span), $"plane {plane} is as it was");
        }
    }

    [Fact]
    public async Task FolderBatch_TwoFiles_WritesBoth()
    {
        var (source, target) = (imageJ["example-in"], imageJ["example-out"]);
        Directory.CreateDirectory(source);
        Directory.CreateDirectory(target);
        var inputs = new[] { "a.tif", "b.tif" }.Select((name, i) => Files.WriteRandom(Path.Combine(source, name), Shape, PixelType.UInt8, seed: i + 7)).ToList();
        var output = await RunAsync($"runMacro('{Example("Folder_Batch.ijm")}', '{source}\\n{target}');");
        foreach (var input in inputs)
        {
            AssertEqual(await DenoisedAsync(input), Path.Combine("example-out", Path.GetFileName(input)), output);
        }
    }

    private static string Example(string name) => Path.Combine(RealData.RepositoryRoot, "fiji-plugin-shim", "macros", name);

    private async Task<string> RunAsync(string macro) =>
        (await imageJ.RunMacroAsync($"run('Server...', 'address={imageJ.Server}');\n{macro}")).Output;

    private async Task<MemoryVolume> DenoisedAsync(string input)
    {
        await using var client = imageJ.Connect();
        return (await client.RunAsync(Files.Read(input), new RunRequest("denoise/nlm"), null, Cancellation)).Volume;
    }

    private void AssertEqual(MemoryVolume expected, string file, string output)
    {
        Assert.True(File.Exists(imageJ[file]), output);
        Files.AssertSamePixels(expected, Files.Read(imageJ[file]));
    }
}
