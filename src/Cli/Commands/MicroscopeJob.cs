using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Cli;

/// <summary>Searches for the focus of a virtual microscope.</summary>
internal sealed record MicroscopeJob(string Operation, SimulatedInstrumentSettings Instrument)
{
    public int Runs { get; init; } = 1;

    /// <summary>How long the focus is kept, in seconds of the microscope's clock.</summary>
    public double HoldSeconds { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public string? Report { get; init; }

    /// <summary>Refuses a report that cannot be written, before anything is started.</summary>
    public void CheckFiles()
    {
        if (Report is not null && !Report.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new InferenceException(InferenceError.UsageInvalid, "report", $"--report is {Report}; accepted: the name of a PNG file, ending in .png.");
        }

        if (Report is not null)
        {
            OutputFile.CheckWritable(Report);
        }
    }

    /// <summary>The optics among the parameters, or those of a common dry objective.</summary>
    public FocusOptics Optics(double pixel)
    {
        double Given(string name, double standard) => !Parameters.TryGetValue(name, out var text) ? standard
            : double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value
            : throw new InferenceException(InferenceError.UsageInvalid, name, $"{name} is \"{text}\"; accepted: a number.");
        var depth = Given("depth", 0);
        var optics = new FocusOptics
        {
            NumericalAperture = Given("na", 0.8), WavelengthNm = Given("wavelength", 525), ImmersionIndex = Given("index", 1), PixelMicrometres = pixel,
            SphericalWaves = Given("spherical", 0), SampleIndex = depth == 0 ? null : Given("sample_index", 1.33), DepthMicrometres = depth,
        };
        optics.Validate();
        return optics;
    }

    public async Task<MicroscopeReport> RunAsync(InferenceBridgeClient client, SimulatedSample sample, TextWriter? output, CancellationToken cancellation)
    {
        var request = Request(await client.DescribeOperationAsync(Operation, cancellation), sample);
        output?.WriteLine($"sample     {sample.Description}");
        output?.WriteLine($"operation  {Operation}");
        var report = new MicroscopeReport(Operation, sample, Instrument);
        for (var run = 0; run < Runs; run++)
        {
            var microscope = new VirtualMicroscope(sample.Sample, Instrument.Stage, Instrument.Camera, 0, Instrument.StartOf(run), Instrument.Seed + (ulong)run);
            var display = new MicroscopeDisplay(Runs == 1 ? output : null, microscope);
            var (device, start) = (new SimulatedMicroscope(microscope, Instrument.IsRealTime), microscope.Defocus);
            var result = HoldSeconds > 0
                ? await HoldAsync(client, device, request, display, microscope, cancellation)
                : await client.FocusAsync(device, device, request, display, cancellation);
            report.Add(new MicroscopeRun(start, microscope, result, display.Defocus));
        }

        if (Report is not null)
        {
            MicroscopePicture.Write(Report, report);
        }

        return report;
    }

    private async Task<FocusResult> HoldAsync(
        InferenceBridgeClient client, SimulatedMicroscope device, FocusRequest request, MicroscopeDisplay display, VirtualMicroscope microscope, CancellationToken cancellation)
    {
        using var end = new CancellationTokenSource();
        display.Reported = () =>
        {
            if (microscope.ElapsedSeconds >= HoldSeconds)
            {
                end.Cancel();
            }
        };
        return await client.HoldFocusAsync(device, device, request, end.Token, display, cancellation);
    }

    private FocusRequest Request(OperationInfo declaration, SimulatedSample sample)
    {
        var known = declaration.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var parameters = Parameters.Where(given => known.Contains(given.Key) || !IsOptics(given.Key))
            .ToDictionary(given => given.Key, given => ParameterValue.Parse(declaration.FindParameter(given.Key), given.Value));
        Default(parameters, known, "minimum_z_um", Instrument.Stage.Minimum);
        Default(parameters, known, "maximum_z_um", Instrument.Stage.Maximum);
        Default(parameters, known, "backlash_um", Instrument.Stage.Backlash);
        if (sample.Sample is DefocusedSample defocused && known.Contains("index"))
        {
            // It is told the optics that made the frames.
            Default(parameters, known, "na", defocused.Optics.NumericalAperture);
            Default(parameters, known, "wavelength", defocused.Optics.WavelengthNm);
            Default(parameters, known, "index", defocused.Optics.ImmersionIndex);
        }

        return new FocusRequest(Operation) { Parameters = parameters };
    }

    private static bool IsOptics(string name) => name is "na" or "wavelength" or "index" or "sample_index" or "depth" or "spherical";

    private static void Default(Dictionary<string, ParameterValue> parameters, HashSet<string> known, string name, double value)
    {
        if (known.Contains(name))
        {
            parameters.TryAdd(name, value);
        }
    }
}
