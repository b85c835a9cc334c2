namespace InferenceBridge.Models.Tests;

public class AutofocusSearchStateTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Read_StateOfAnyFrame_GoesOnAlike(bool holds, double backlash)
    {
        var options = new FocusSearchOptions { Holds = holds, Backlash = backlash, ConfirmsByScore = true };
        var one = new AutofocusSearch(options);
        var noise = new Noise(9);
        var (z, focus) = (0.0, 6.0);
        for (var frame = 0; frame < 40; frame++)
        {
            focus += holds ? 0.1 : 0;
            var other = Resumed(one, options);
            var observation = new FocusObservation(z, SimulatedStage.Peak(2)(z - focus), SimulatedStage.Open(Math.Abs(z - focus + (0.2 * noise.Normal()))), false)
            {
                Noise = 1, Tiles = [.. Enumerable.Range(0, 300).Select(i => (float)(i + z))],
            };

            var advice = one.Advance(observation);

            Assert.Equal(advice, other.Advance(observation));
            Assert.Equal(Bytes(one), Bytes(other));
            z = advice.TargetMicrometres;
        }
    }

    [Fact]
    public void Read_Damaged_IsRefused()
    {
        var options = new FocusSearchOptions();
        var search = new AutofocusSearch(options);
        search.Advance(new FocusObservation(0, 1, null, false));
        var bytes = Bytes(search);
        bytes[0] = 99;

        Assert.Throws<InvalidDataException>(() => new AutofocusSearch(options).Read(new BinaryReader(new MemoryStream(bytes))));
        Assert.Throws<EndOfStreamException>(() => new AutofocusSearch(options).Read(new BinaryReader(new MemoryStream(Bytes(search)[..20]))));
    }

    private static AutofocusSearch Resumed(AutofocusSearch search, FocusSearchOptions options)
    {
        var resumed = new AutofocusSearch(options);
        resumed.Read(new BinaryReader(new MemoryStream(Bytes(search))));
        return resumed;
    }

    private static byte[] Bytes(AutofocusSearch search)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        search.Write(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
