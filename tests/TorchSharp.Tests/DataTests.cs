namespace InferenceBridge.TorchSharp.Tests;

public class DataTests
{
    [Fact]
    public void Data_StridedView_ReadsAndWritesItsElements()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.arange(6, torch.int32).reshape(2, 3);
        var data = x.t().data<int>();

        Assert.Equal([0, 3, 1, 4, 2, 5], data.ToArray());
        Assert.Equal(5, data[2, 1]);
        Assert.Equal(4, data[3]);
        Assert.Equal([0, 3, 1, 4, 2, 5], data.AsEnumerable());
        data[1, 0] = 99;
        Assert.Equal(99, x[0, 1].ToInt32());
        data.CopyFrom([7, 8], 0, 4);
        Assert.Equal([0, 99, 7, 3, 4, 8], x.data<int>().ToArray());
    }

    [Fact]
    public void Data_ToNDArray_HasTheShape()
    {
        using var x = torch.arange(6, torch.int32).reshape(2, 3);

        Assert.Equal(new[,] { { 0, 1, 2 }, { 3, 4, 5 } }, x.data<int>().ToNDArray());
    }

    [Fact]
    public void Data_OtherElementType_Throws()
    {
        using var x = torch.zeros(2);

        Assert.Throws<ArgumentException>(() => x.data<double>());
        Assert.Throws<ArgumentException>(() => x[0].item<int>());
    }

    [Fact]
    public void Data_IndexTooLarge_Throws()
    {
        using var x = torch.zeros(2, 2);

        Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[4]);
        Assert.Throws<IndexOutOfRangeException>(() => x.data<float>()[0, 2]);
    }

    [Fact]
    public void Bytes_ContiguousTensor_AreItsMemory()
    {
        using var x = torch.tensor([1, 256]);

        Assert.Equal([1, 0, 0, 0, 0, 1, 0, 0], x.bytes.ToArray());
        x.bytes[4] = 2;
        Assert.Equal(258, x[1].ToInt32());
    }

    [Fact]
    public void Bytes_StridedView_Throws()
    {
        using var x = torch.zeros(2, 3);
        using var view = x.t();

        Assert.Throws<NotImplementedException>(() => view.bytes.Length);
    }

    [Fact]
    public void Stream_RoundTrip_KeepsElements()
    {
        using var x = Numbers.RandomTensor(1, 10, 7);
        using var copy = torch.zeros_like(x);
        using var stream = new MemoryStream();

        x.WriteBytesToStream(stream, 33);
        stream.Position = 0;
        copy.ReadBytesFromStream(stream, 64);

        Assert.True(x.equal(copy));
    }

    [Fact]
    public void Stream_TooShort_Throws()
    {
        using var x = torch.zeros(4);

        Assert.Throws<EndOfStreamException>(() => x.ReadBytesFromStream(new MemoryStream(new byte[15])));
    }

    [Theory]
    [InlineData(torch.ScalarType.Byte)]
    [InlineData(torch.ScalarType.Int16)]
    [InlineData(torch.ScalarType.Int64)]
    [InlineData(torch.ScalarType.Float16)]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.Float64)]
    [InlineData(torch.ScalarType.Bool)]
    public void To_Type_ConvertsAndReads(torch.ScalarType type)
    {
        using var x = torch.tensor([0.0, 1.0]);
        using var converted = x.to(type);

        Assert.Equal(type, converted.dtype);
        Assert.Equal(1, converted[1].ToDouble());
        Assert.Equal(type.ElementSize(), converted.element_size());
    }

    [Fact]
    public void ToString_Tensor_TellsShapeTypeAndDevice()
    {
        using var x = torch.zeros(2, 3);

        Assert.Equal("[2x3], type = Float32, device = cpu", x.ToString());
    }

    [Fact]
    public void Device_Text_RoundTrips()
    {
        Assert.Equal(torch.CPU, new torch.Device("cpu"));
        Assert.Equal("cuda:1", torch.device("cuda:1").ToString());
        Assert.Throws<ArgumentException>(() => new torch.Device("tpu"));
    }
}
