namespace InferenceBridge.Interop;

/// <summary>Movies through the menu's Register command.</summary>
public sealed class RegisterTests(ImageJ imageJ)
{
    private const int Frames = 5;
    private const int Side = 48;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Register_StackOrMovie_GivesTheSdksMovieAndItsTable(bool isStack)
    {
        // Frame i lies i px further right and 2 i px further up than frame 0.
        var movie = Drifting();
        var input = imageJ[$"drift-{isStack}.tif"];
        Write(input, movie, isStack ? new VolumeShape(Frames, Side, Side) : movie.Info.Shape);
        var macro = $"""
            open('{input}'); getDimensions(w, h, c, z, t); print('in=' + z + ' ' + t);
            setSlice(3);
            run('Register...', 'model=rigid parameter_template=first passes=1 server={imageJ.Server}');
            getDimensions(w, h, c, z, t); Stack.getPosition(channel, slice, frame);
            print('out=' + c + ' ' + z + ' ' + t + ' at ' + frame + ' ' + getTitle());
            saveAs('Tiff', '{imageJ[$"drift-out-{isStack}.tif"]}');
            selectWindow('Frames of drift-{isStack}.tif');
            print('rows=' + Table.size + ' frame=' + Table.get('frame', 4) + ' x=' + d2s(Table.get('shift_x', 4), 0) + ' y=' + d2s(Table.get('shift_y', 4), 0));
            """;
        var (_, output) = await imageJ.RunMacroAsync(macro);
        Assert.Contains(isStack ? $"in={Frames} 1" : $"in=1 {Frames}", output, StringComparison.Ordinal);
        Assert.Contains($"out=1 1 {Frames} at 3 drift-{isStack}-rigid", output, StringComparison.Ordinal);
        Assert.Contains($"rows={Frames} frame=5 x=4 y=-8", output, StringComparison.Ordinal);

        await using var client = imageJ.Connect();
        var expected = await client.RunAsync(movie, new RunRequest("register/rigid")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["template"] = "first", ["passes"] = 1 },
        }, null, Cancellation);
        Files.AssertSamePixels(expected.Volume, Files.Read(imageJ[$"drift-out-{isStack}.tif"]));
    }

    private static MemoryVolume Drifting()
    {
        var random = new Random(3);
        var scene = new float[Side * 2, Side * 2];
        for (var blob = 0; blob < 60; blob++)
        {
            var (cy, cx) = (random.NextDouble() * Side * 2, random.NextDouble() * Side * 2);
            for (var y = 0; y < Side * 2; y++)
            {
                for (var x = 0; x < Side * 2; x++)
                {
                    scene[y, x] += 500 * (float)Math.Exp(-(((y - cy) * (y - cy)) + ((x - cx) * (x - cx))) / 8);
                }
            }
        }

        var values = new float[Frames * Side * Side];
        for (var i = 0; i < values.Length; i++)
        {
            var (frame, y, x) = (i / (Side * Side), i / Side % Side, i % Side);
            values[i] = scene[y + 24 + (2 * frame), x + 24 - frame];
        }

        return MemoryVolume.FromSingles(values, new VolumeShape(Frames, 1, 1, Side, Side));
    }

    private static void Write(string path, MemoryVolume movie, VolumeShape shape)
    {
        using var writer = VolumeFile.Create(path, movie.Info with { Shape = shape });
        for (var plane = 0; plane < Frames; plane++)
        {
            writer.WriteRows(plane, 0, Side, movie.Plane(plane).Span);
        }

        writer.Complete();
    }
}
