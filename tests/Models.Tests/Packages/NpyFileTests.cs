using System.Text;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models.Tests.Packages;

public sealed class NpyFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.npy");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("<f4", new byte[] { 0, 0, 128, 63, 0, 0, 0, 192 }, 1, -2)]
    [InlineData("<i2", new byte[] { 255, 255, 4, 1 }, -1, 260)]
    [InlineData("|u1", new byte[] { 200, 3 }, 200, 3)]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 64 }, 1, 2)]
    public void Read_EachType_GivesItsValues(string type, byte[] data, float first, float second)
    {
        Make($"{{'descr': '{type}', 'fortran_order': False, 'shape': (1, 2), }}", data);
        using var array = NpyFile.Read(_path);
        Assert.Equal([1, 2], array.shape);
        Assert.Equal([first, second], array.data<float>().ToArray());
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", 8, "Fortran")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8, "element type")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 7, "7 bytes for 2 elements")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }", 16, "element type")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", 8, "no shape")]
    public void Read_WhatItCannotTake_SaysWhy(string header, int bytes, string reason)
    {
        Make(header, new byte[bytes]);
        Assert.Contains(reason, Assert.Throws<InferenceException>(() => NpyFile.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotNumPy_IsRefused()
    {
        File.WriteAllText(_path, "something else");
        Assert.Equal(InferenceError.FileFormatInvalid, Assert.Throws<InferenceException>(() => NpyFile.Read(_path)).Error);
    }

    private void Make(string header, byte[] data)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        File.WriteAllBytes(_path, [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data]);
    }
}
