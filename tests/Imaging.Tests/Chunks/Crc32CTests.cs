using System.Text;

namespace InferenceBridge.Imaging.Tests;

public class Crc32CTests
{
    // RFC 3720, appendix B.4, and the customary check value.
    [Fact]
    public void Compute_KnownVectors_AreMet()
    {
        var ascending = Enumerable.Range(0, 32).Select(value => (byte)value).ToArray();

        Assert.Equal(0u, Crc32C.Compute([]));
        Assert.Equal(0xE3069283, Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute(ascending));
        Assert.Equal(0x113FDB5Cu, Crc32C.Compute(ascending.Reverse().ToArray()));
    }

    [Fact]
    public void Compute_EveryLength_EqualsBitwise()
    {
        var data = Array.ConvertAll(ReferenceData.Noise(1, 40, 256), value => (byte)value);
        for (var length = 0; length <= data.Length; length++)
        {
            Assert.Equal(Bitwise(data.AsSpan(0, length)), Crc32C.Compute(data.AsSpan(0, length)));
        }
    }

    private static uint Bitwise(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
            }
        }

        return ~crc;
    }
}
