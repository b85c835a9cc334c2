using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

/// <summary>Issue 2, "Bad input": each is refused by name, and the server serves on (<see cref="Call.RefusedAsync"/> looks).</summary>
public sealed class BadInputTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly VolumeShape Shape = new(3, 4, 5);

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Process_UnknownOperation_NamesTheKnownOnes()
    {
        var refusal = await Server.RefusedAsync([Declared(d => d.Operation = "denoise/magic")], InferenceError.OperationNotFound, "operation");
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
        Assert.Contains("denoise/magic", refusal.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("diagnostic/identity", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public Task Process_UnknownParameter_IsRefused() => Server.RefusedAsync(
        [Gaussian("colour", new Proto.ParameterValue { Number = 1 })], InferenceError.ParameterUnknown, "parameters.colour");

    [Fact]
    public Task Process_ParameterOfWrongType_IsRefused() => Server.RefusedAsync(
        [Gaussian("sigma_xy", new Proto.ParameterValue { Choice = "wide" })], InferenceError.ParameterTypeMismatch, "parameters.sigma_xy");

    [Fact]
    public Task Process_ParameterWithoutValue_IsRefused() => Server.RefusedAsync(
        [Gaussian("sigma_xy", new Proto.ParameterValue())], InferenceError.ParameterTypeMismatch, "parameters.sigma_xy");

    [Theory]
    [InlineData(-1)]
    [InlineData(1e9)]
    [InlineData(double.NaN)]
    public Task Process_ParameterOutOfRange_IsRefused(double value) => Server.RefusedAsync(
        [Gaussian("sigma_xy", new Proto.ParameterValue { Number = value })], InferenceError.ParameterOutOfRange, "parameters.sigma_xy");

    [Theory]
    [InlineData(0, "size_z")]
    [InlineData(-5, "size_z")]
    [InlineData(long.MaxValue, "size_z")]
    [InlineData(1L << 32, "size_z")]
    public async Task Process_SizeOutOfRange_IsRefused(long size, string axis)
    {
        var refusal = await Server.RefusedAsync([Declared(d => d.Inputs[0].Volume.SizeZ = size)], InferenceError.ShapeInvalid, $"image.{axis}");
        Assert.Contains($"{size}", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public Task Process_SizesWhoseProductOverflows_IsRefused() => Server.RefusedAsync(
        [Declared(d => (d.Inputs[0].Volume.SizeT, d.Inputs[0].Volume.SizeC, d.Inputs[0].Volume.SizeZ) = (int.MaxValue, int.MaxValue, int.MaxValue))],
        InferenceError.ShapeInvalid, "image");

    [Fact]
    public Task Process_VolumeBeyondTheLimit_IsRefused() => Server.RefusedAsync(
        [Declared(d => d.Inputs[0].Volume.SizeY = 1 << 19)], InferenceError.VolumeTooLarge, "image");

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public Task Process_UnknownPixelType_IsRefused(int type) => Server.RefusedAsync(
        [Declared(d => d.Inputs[0].Volume.PixelType = (Proto.PixelType)type)], InferenceError.PixelTypeUnsupported, "image.pixel_type");

    [Fact]
    public Task Process_UnknownOutputPixelType_IsRefused() => Server.RefusedAsync(
        [Declared(d => d.OutputPixelType = (Proto.PixelType)99)], InferenceError.PixelTypeUnsupported, "output_pixel_type");

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public Task Process_ImpossibleVoxelSize_IsRefused(double size) => Server.RefusedAsync(
        [Declared(d => d.Inputs[0].Volume.VoxelSizeXUm = size)], InferenceError.ParameterOutOfRange, "image.voxel_size_x_um");

    [Fact]
    public Task Process_NoVolume_IsRefused() => Server.RefusedAsync(
        [Declared(d => d.Inputs[0].Volume = null)], InferenceError.ShapeInvalid, "image.volume");

    [Fact]
    public Task Process_NoInput_IsRefused() => Server.RefusedAsync(
        [Declared(d => d.Inputs.Clear())], InferenceError.InputMissing, "inputs.image");

    [Fact]
    public Task Process_UnknownInput_IsRefused() => Server.RefusedAsync(
        [Declared(d => d.Inputs.Add(new Proto.InputDeclaration { Name = "mäsk" }))], InferenceError.InputUnexpected, "inputs[1].name");

    [Fact]
    public Task Process_InputTwice_IsRefused() => Server.RefusedAsync(
        [Declared(d => d.Inputs.Add(d.Inputs[0].Clone()))], InferenceError.InputUnexpected, "inputs[1].name");

    [Fact]
    public Task Process_PsfMissing_IsRefused() => Server.RefusedAsync(
        [Declared(d => d.Operation = "deconvolve/richardson-lucy")], InferenceError.InputMissing, "inputs.psf");

    [Fact]
    public Task Process_ImpossibleStatistics_AreRefused() => Server.RefusedAsync(
        [Declared(d => d.Inputs[0].Statistics = new Proto.IntensityStatistics { Minimum = 2, Maximum = 1 })],
        InferenceError.ParameterOutOfRange, "image.statistics.maximum");

    [Fact]
    public Task Process_ParameterNameBeyondAscii_IsNamedInAscii() => Server.RefusedAsync(
        [Gaussian("größe", new Proto.ParameterValue { Number = 1 })], InferenceError.ParameterUnknown, "parameters.gr%C3%B6%C3%9Fe");

    private static Proto.ProcessRequest Declared(Action<Proto.Declaration> change)
    {
        var declaration = Requests.Declare("diagnostic/identity", Requests.Describe(Shape));
        change(declaration);
        return Requests.Message(declaration);
    }

    private static Proto.ProcessRequest Gaussian(string name, Proto.ParameterValue value) => Declared(declaration =>
    {
        declaration.Operation = "denoise/gaussian";
        declaration.Parameters[name] = value;
    });
}
