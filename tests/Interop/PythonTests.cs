using System.Diagnostics;
using System.Globalization;

namespace InferenceBridge.Interop;

/// <summary>The Python client gives the same bytes as the SDK, and a client with no code of ours finds its way.</summary>
public sealed class PythonTests(ImageJ imageJ)
{
    private static readonly VolumeShape Shape = new(2, 2, 3, 31, 37);
    private static readonly VolumeShape Movie = new(3, 2, 1, 131, 137);

    public static TheoryData<PixelType> PixelTypes => [.. Enum.GetValues<PixelType>()];

    private static readonly Dictionary<string, ParameterValue> Optics = new() { ["na"] = 0.8, ["wavelength"] = 520.0, ["index"] = 1.33 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Root => RealData.RepositoryRoot;

    [Theory]
    [MemberData(nameof(PixelTypes))]
    public async Task Run_EveryOperationOfTheCatalogue_GivesTheBytesOfTheSdk(PixelType type)
    {
        var stack = Files.Read(Files.WriteRandom(imageJ[$"python-{type}.tif"], Shape, type));
        var movie = Files.Read(Files.WriteRandom(imageJ[$"python-movie-{type}.tif"], Movie, type));
        var psf = Files.Read(Files.WriteRandom(imageJ[$"python-psf-{type}.tif"], new VolumeShape(3, 5, 5), PixelType.Float32, seed: 3));
        var (source, kernel, target) = (imageJ[$"python-{type}.raw"], imageJ[$"python-psf-{type}.raw"], imageJ[$"python-out-{type}.raw"]);
        WriteRaw(kernel, psf);
        await using var client = imageJ.Connect();
        var operations = await client.ListOperationsAsync(cancellation: Cancellation);
        Assert.True(operations.Count >= 5);
        foreach (var operation in operations)
        {
            // These take one slice at a time.
            var image = operation.Id.StartsWith("autofocus/", StringComparison.Ordinal) ? movie : stack;
            WriteRaw(source, image);
            var takesPsf = operation.Inputs.Any(input => input.Name == "psf");
            var optics = operation.Id.StartsWith("psf/", StringComparison.Ordinal) && operation.Parameters.Any(parameter => parameter.Name == "na");
            var request = new RunRequest(operation.Id)
            {
                Auxiliaries = takesPsf ? new Dictionary<string, IVolumeReader> { ["psf"] = psf } : [],
                Parameters = optics ? Optics : [],
            };
            string[] auxiliary = takesPsf ? [kernel, "3,5,5"] : ["-", "-"];
            var parameters = request.Parameters.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value.Value}"));
            File.Delete(target);
            var (code, output) = await PythonAsync("run_operation.py",
                [imageJ.Server, operation.Id, type.Name(), Sizes(image.Info.Shape), source, target, .. auxiliary, .. parameters]);
            try
            {
                var expected = await client.RunAsync(image, request, null, Cancellation);
                Assert.True(code == 0, $"{operation.Id}: {output}");
                var actual = await File.ReadAllBytesAsync(target, Cancellation);
                Assert.True(Raw(expected.Volume).AsSpan().SequenceEqual(actual), operation.Id);
            }
            catch (InferenceException refusal) when (operation.Id is "psf/from-beads" or "autofocus/spectral")
            {
                // There are no beads in noise; nobody has told the optics.
                Assert.Equal(refusal.Message, output.Trim());
            }
        }
    }

    [Fact]
    public async Task Reflection_GenericClient_ListsOperationsAndHealth()
    {
        var generated = imageJ["reflection"];
        Directory.CreateDirectory(generated);
        const string proto = "/usr/share/grpc-proto";
        var (compiled, message) = await RunAsync("protoc", ["-I", proto, $"--python_out={generated}", "grpc/reflection/v1/reflection.proto"]);
        Assert.True(compiled == 0, message);

        // The generated folder must not hide the package grpc itself.
        var module = Path.Combine(generated, "grpc", "reflection", "v1", "reflection_pb2.py");
        File.Move(module, Path.Combine(generated, "reflection_pb2.py"));
        Directory.Delete(Path.Combine(generated, "grpc"), recursive: true);
        var (code, output) = await PythonAsync("generic_client.py", [imageJ.Server, generated]);
        Assert.True(code == 0, output);
        Assert.Contains("health=SERVING", output, StringComparison.Ordinal);
        await using var client = imageJ.Connect();
        foreach (var operation in await client.ListOperationsAsync(cancellation: Cancellation))
        {
            Assert.Contains($"operation={operation.Id}\n", output, StringComparison.Ordinal);
        }
    }

    private static Task<(int Code, string Output)> PythonAsync(string script, string[] arguments) =>
        RunAsync("/usr/bin/python3", [Path.Combine(Root, "tests", "Interop", "python", script), .. arguments]);

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONPATH"] = Path.Combine(Root, "clients", "python", "src");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, output + await error);
    }

    private static string Sizes(VolumeShape shape) => $"{shape.Frames},{shape.Channels},{shape.Depth},{shape.Height},{shape.Width}";

    private static void WriteRaw(string path, MemoryVolume volume) => File.WriteAllBytes(path, Raw(volume));

    private static byte[] Raw(MemoryVolume volume)
    {
        var bytes = new byte[volume.Info.TotalBytes];
        for (var plane = 0; plane < volume.Info.Shape.PlaneCount; plane++)
        {
            volume.Plane(plane).Span.CopyTo(bytes.AsSpan(checked((int)(plane * volume.Info.PlaneBytes))));
        }

        return bytes;
    }
}
