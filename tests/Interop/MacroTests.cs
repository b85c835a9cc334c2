namespace InferenceBridge.Interop;

/// <summary>Macros give the same bytes as the SDK, for every menu entry and pixel type.</summary>
public sealed class MacroTests(ImageJ imageJ)
{
    private static readonly VolumeShape Shape = new(2, 2, 3, 40, 52);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PixelType.UInt8)]
    [InlineData(PixelType.UInt16)]
    [InlineData(PixelType.Float32)]
    public async Task Run_EveryMenuEntry_GivesTheBytesOfTheSdk(PixelType type)
    {
        var input = Files.WriteRandom(imageJ[$"in-{type}.tif"], Shape, type);
        var psf = Files.WriteRandom(imageJ[$"psf-{type}.tif"], new VolumeShape(3, 5, 5), PixelType.Float32, seed: 2);
        (string Command, string Options, RunRequest Request)[] cases =
        [
            ("Denoise...", "model=gaussian sigma_xy=1.5 sigma_z=0.5", Request("denoise/gaussian", new() { ["sigma_xy"] = 1.5, ["sigma_z"] = 0.5 })),
            ("Denoise...", "model=nlm patch_size=3 patch_distance=2", Request("denoise/nlm", new() { ["patch_size"] = 3, ["patch_distance"] = 2 })),
            ("Run Operation...", "operation=diagnostic/identity", Request("diagnostic/identity", [])),
            ("Run Operation...", "operation=denoise/median radius_xy=2 type=32-bit",
                Request("denoise/median", new() { ["radius_xy"] = 2 }) with { OutputPixelType = PixelType.Float32 }),
            ("Deconvolve...", $"psf=[{Path.GetFileName(psf)}] iterations=3", Request("deconvolve/richardson-lucy", new() { ["iterations"] = 3 })),
            ("Deconvolve...", $"model=richardson-lucy psf=[{psf}] iterations=2 background=1",
                Request("deconvolve/richardson-lucy", new() { ["iterations"] = 2, ["background"] = 1.0 })),
        ];
        var macro = $"run('Server...', 'address={imageJ.Server}');\nopen('{psf}');\n" + string.Concat(cases.Select((item, i) =>
            $"open('{input}'); run('{item.Command}', '{item.Options}'); saveAs('Tiff', '{imageJ[$"out-{type}-{i}.tif"]}'); close(); close();\n"));
        var (_, output) = await imageJ.RunMacroAsync(macro);

        await using var client = imageJ.Connect();
        using var kernel = VolumeFile.OpenRead(psf);
        for (var i = 0; i < cases.Length; i++)
        {
            var file = imageJ[$"out-{type}-{i}.tif"];
            Assert.True(File.Exists(file), output);
            var request = cases[i].Request;
            request = cases[i].Command != "Deconvolve..." ? request
                : request with { Auxiliaries = new Dictionary<string, IVolumeReader> { ["psf"] = kernel } };
            var expected = await client.RunAsync(Files.Read(input), request, null, Cancellation);
            Files.AssertSamePixels(expected.Volume, Files.Read(file));
        }
    }

    [Fact]
    public async Task Run_RgbStack_TreatsEachColourAsAChannel()
    {
        var input = Files.WriteRandom(imageJ["rgb-channels.tif"], new VolumeShape(1, 3, 2, 30, 34), PixelType.UInt8);
        var macro = $"""
            open('{input}'); run('Stack to RGB', 'slices keep'); rename('rgb');
            run('Denoise...', 'model=gaussian sigma_xy=1 server={imageJ.Server}');
            print('bits=' + bitDepth() + ' slices=' + nSlices); run('Split Channels');
            run('Merge Channels...', 'c1=[rgb-gaussian (red)] c2=[rgb-gaussian (green)] c3=[rgb-gaussian (blue)] create');
            saveAs('Tiff', '{imageJ["rgb-out.tif"]}');
            """;
        var (_, output) = await imageJ.RunMacroAsync(macro);
        Assert.Contains("bits=24 slices=2", output, StringComparison.Ordinal);
        await using var client = imageJ.Connect();

        // What ImageJ shows of a channel is its values spread over the display range: the RGB image is made by identity first.
        var macroInput = $"open('{input}'); run('Stack to RGB', 'slices keep'); rename('rgb'); run('Split Channels');"
            + "run('Merge Channels...', 'c1=[rgb (red)] c2=[rgb (green)] c3=[rgb (blue)] create');"
            + $"saveAs('Tiff', '{imageJ["rgb-in.tif"]}');";
        var (_, second) = await imageJ.RunMacroAsync(macroInput);
        Assert.True(File.Exists(imageJ["rgb-in.tif"]) && File.Exists(imageJ["rgb-out.tif"]), output + second);
        var expected = await client.RunAsync(Files.Read(imageJ["rgb-in.tif"]), Request("denoise/gaussian", new() { ["sigma_xy"] = 1.0 }), null, Cancellation);
        Files.AssertSamePixels(expected.Volume, Files.Read(imageJ["rgb-out.tif"]));
    }

    [Fact]
    public async Task Run_GeneratedPsf_IsShownInItsOwnRange()
    {
        var macro = $"""
            newImage('grid', '16-bit black', 33, 33, 9);
            run('Properties...', 'unit=micron pixel_width=0.1 pixel_height=0.1 voxel_depth=0.3');
            run('Run Operation...', 'operation=psf/born-wolf na=0.8 wavelength=520 index=1.33 size_x=21 size_y=21 size_z=7 server={imageJ.Server}');
            setSlice(4); getMinAndMax(min, max); getStatistics(area, mean, lowest, highest);
            print('slices=' + nSlices + ' shown=' + (max > 0.9 * highest && max < 1.1 * highest) + ' peak=' + (getPixel(10, 10) == highest));
            """;
        var (_, output) = await imageJ.RunMacroAsync(macro);
        Assert.Contains("slices=7 shown=1 peak=1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SignedImage_KeepsItsValuesAndItsCalibration()
    {
        // Stored 32768 + value; the filter must see the values, or an edge of -5 next to 5 would not average to 0.
        var macro = $"""
            newImage('signed', '16-bit black', 20, 20, 2);
            run('Macro...', 'code=v=32768+10*(x%2)-5+1000*z stack');
            run('Calibrate...', 'function=[Straight Line] unit=value text1=[0 65535] text2=[-32768 32767]');
            run('Run Operation...', 'operation=diagnostic/identity server={imageJ.Server}');
            print('identity=' + getValue(4, 4) + ' ' + getValue(5, 4)); close();
            run('Denoise...', 'model=gaussian sigma_xy=5 sigma_z=0 server={imageJ.Server}');
            print('smooth=' + getValue(10, 10)); close();
            run('Denoise...', 'model=gaussian sigma_xy=5 type=32-bit server={imageJ.Server}');
            print('float=' + bitDepth() + ' ' + (abs(getValue(10, 10)) < 0.6));
            """;
        var (_, output) = await imageJ.RunMacroAsync(macro);
        Assert.Contains("identity=-5 5", output, StringComparison.Ordinal);
        Assert.Contains("smooth=0", output, StringComparison.Ordinal);
        Assert.Contains("float=32 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Selection_SendsThatPartAlone()
    {
        var input = Files.WriteRandom(imageJ["part.tif"], new VolumeShape(3, 2, 4, 30, 40), PixelType.UInt16);
        var macro = $"""
            open('{input}'); makeRectangle(5, 6, 20, 11);
            run('Run Operation...', 'operation=diagnostic/identity channels=2 slices=2-4 frames=1,3 crop_to_roi server={imageJ.Server}');
            saveAs('Tiff', '{imageJ["part-out.tif"]}');
            """;
        var (_, output) = await imageJ.RunMacroAsync(macro);
        Assert.True(File.Exists(imageJ["part-out.tif"]), output);
        var whole = Files.Read(input);
        var part = Files.Read(imageJ["part-out.tif"]);
        Assert.Equal(new VolumeShape(2, 1, 3, 11, 20), part.Info.Shape);
        for (var plane = 0; plane < 6; plane++)
        {
            // Planes of the whole have Z fastest, then C, then T.
            var source = (((plane / 3) * 2 * 2) + 1) * 4 + (plane % 3) + 1;
            for (var row = 0; row < 11; row++)
            {
                var expected = whole.Plane(source).Span.Slice((((row + 6) * 40) + 5) * 2, 40);
                Assert.True(expected.SequenceEqual(part.Plane(plane).Span.Slice(row * 40, 40)), $"plane {plane}, row {row}");
            }
        }

        // Every second frame was left out.
        Assert.Equal(3.0, part.Info.Calibration.FrameInterval);
    }

    [Fact]
    public async Task Run_Headless_WorksThroughRunPlugIn()
    {
        var input = Files.WriteRandom(imageJ["headless.tif"], Shape, PixelType.UInt16);
        var macro = $"""
            call('ij.IJ.runPlugIn', 'org.inferencebridge.Server', 'address={imageJ.Server} test');
            call('ij.IJ.runPlugIn', 'org.inferencebridge.Denoise', 'open=[{input}] model=gaussian sigma_xy=2 save=[{imageJ["headless-out.tif"]}]');
            print('active=' + getTitle() + ' ' + nSlices);
            call('ij.IJ.runPlugIn', 'org.inferencebridge.RunOperation', 'operation=diagnostic/identity');
            print('active=' + getTitle() + ' ' + nSlices);
            call('ij.IJ.runPlugIn', 'org.inferencebridge.Help', '');
            call('ij.IJ.runPlugIn', 'org.inferencebridge.RunOperation', 'operation=denoise/nlm patch_size=900');
            print('not reached');
            """;
        var (_, output) = await imageJ.RunMacroAsync(macro, headless: true);
        Assert.True(File.Exists(imageJ["headless-out.tif"]), output);
        Assert.Contains("active=headless-out.tif 12", output, StringComparison.Ordinal);
        Assert.Contains("active=headless-out-identity 12", output, StringComparison.Ordinal);
        Assert.Contains("server 0.1.0 on cpu", output, StringComparison.Ordinal);
        Assert.Contains("run(\"Denoise...\"", output, StringComparison.Ordinal);
        Assert.Contains("Parameter patch_size is the text \"900\"; accepted: a whole number from 3 to 21.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", output, StringComparison.Ordinal);
        await using var client = imageJ.Connect();
        var expected = await client.RunAsync(Files.Read(input), Request("denoise/gaussian", new() { ["sigma_xy"] = 2.0 }), null, Cancellation);
        Files.AssertSamePixels(expected.Volume, Files.Read(imageJ["headless-out.tif"]));
    }

    [Theory]
    [InlineData("'Denoise...', 'model=none'", "The model is \"none\"; accepted: gaussian, median, nlm, rauden, rauden-lite, tridefusion.")]
    [InlineData("'Denoise...', 'patchsize=5'", "The option patchsize is not known; accepted: model,")]
    [InlineData("'Deconvolve...', 'iterations=2'", "Input psf is missing")]
    [InlineData("'Deconvolve...', 'psf=absent.tif'", "neither the title of an open image nor a file")]
    [InlineData("'Denoise...', 'slices=2-9'", "The slices are \"2-9\"; accepted: all, or numbers and ranges from 1 to 3")]
    [InlineData("'Denoise...', 'crop_to_roi'", "has no area selection")]
    [InlineData("'Denoise...', 'save=/nowhere/x.tif'", "The file /nowhere/x.tif cannot be written")]
    [InlineData("'Denoise...', 'server=127.0.0.1:1'", "No server answers at 127.0.0.1:1 (connection refused).")]
    [InlineData("'Server...', 'address=nonsense'", "The address of the server is \"nonsense\"; accepted: host:port")]
    public async Task Run_BadRequest_EndsTheMacroWithOneSentence(string command, string sentence)
    {
        var server = command.Contains("server=", StringComparison.Ordinal) || command.Contains("Server", StringComparison.Ordinal) ? ""
            : $" server={imageJ.Server}";
        var macro = $"setBatchMode(true); newImage('a', '8-bit ramp', 16, 16, 3); run({command.TrimEnd('\'')}{server}'); print('not reached');";
        var (_, output) = await imageJ.RunMacroAsync(macro);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\tat ", output, StringComparison.Ordinal);
    }

    private static RunRequest Request(string operation, Dictionary<string, ParameterValue> parameters) => new(operation) { Parameters = parameters };
}
