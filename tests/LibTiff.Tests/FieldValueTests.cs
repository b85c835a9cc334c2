namespace InferenceBridge.LibTiff.Tests;

/// <summary>Conversions, as the package documents them.</summary>
public class FieldValueTests
{
    [Fact]
    public void ScalarConversions_SameSize_Wrap()
    {
        Assert.Equal(-25536, new FieldValue((ushort)40000).ToShort());
        Assert.Equal(40000, new FieldValue((short)-25536).ToUShort());
        Assert.Equal(uint.MaxValue, new FieldValue(-1).ToUInt());
        Assert.Equal(-1, new FieldValue(uint.MaxValue).ToInt());
        Assert.Equal(5L, new FieldValue((short)5).ToLong());
        Assert.Equal(2.5f, new FieldValue(2.5).ToFloat());
        Assert.Equal(7, new FieldValue(Compression.JPEG).ToInt());
    }

    [Fact]
    public void ScalarConversions_TooLarge_Throw() =>
        Assert.Throws<OverflowException>(() => new FieldValue(70_000).ToShort());

    [Fact]
    public void ArrayConversions_FromArrays_ConvertElements()
    {
        var value = new FieldValue(new ushort[] { 1, 65535 });

        Assert.Equal([1, 255], value.ToByteArray()!);
        Assert.Equal([1, -1], value.ToShortArray()!);
        Assert.Equal([1, 65535], value.ToIntArray()!);
        Assert.Equal([1L, 65535L], value.TolongArray()!);
        Assert.Equal([1, 0, 255, 255], value.GetBytes()!);
        Assert.Null(value.ToFloatArray());
        Assert.Equal([1.0, 2.0], new FieldValue(new[] { 1f, 2f }).ToDoubleArray()!);
    }

    [Fact]
    public void ArrayConversions_FromBytes_ReinterpretMemory()
    {
        var value = new FieldValue(new byte[] { 1, 0, 0, 0, 0, 0, 128, 63 });

        Assert.Equal([1, 0x3f800000], value.ToIntArray()!);
        Assert.Equal([float.Epsilon, 1f], value.ToFloatArray()!);
        Assert.Equal(4, value.ToShortArray()!.Length);
        Assert.Null(new FieldValue(new byte[3]).ToShortArray());
    }

    [Fact]
    public void ToString_Bytes_AreLatin1()
    {
        Assert.Equal("µm", new FieldValue(new byte[] { 0xb5, 0x6d }).ToString());
        Assert.Equal([0xb5, 0x6d], new FieldValue("µm").ToByteArray()!);
        Assert.Equal("1.5", new FieldValue(1.5).ToString());
    }
}
