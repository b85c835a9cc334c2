using System.Globalization;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>Prints every frame of a search as it comes, and keeps how far from focus it really was.</summary>
internal sealed class MicroscopeDisplay(TextWriter? output, VirtualMicroscope microscope) : IProgress<FocusStep>
{
    /// <summary>True defocus of every frame, in µm.</summary>
    public List<double> Defocus { get; } = [];

    /// <summary>Called after every frame.</summary>
    public Action? Reported { get; set; }

    public void Report(FocusStep value)
    {
        Defocus.Add(microscope.Defocus);
        if (value.Frame == 1)
        {
            output?.WriteLine();
            output?.WriteLine("frame     z µm       score   estimate µm   move to µm   true defocus µm");
        }

        output?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{value.Frame,5} {value.ZMicrometres,8:0.00} {value.Score,11:G5}   {Estimate(value),11}   {Move(value),10}   {microscope.Defocus,15:0.00}"));
        Reported?.Invoke();
    }

    private static string Estimate(FocusStep step)
    {
        var deviation = step.Numbers.TryGetValue("defocus_sd_um", out var sd) ? sd : 0;
        return step switch
        {
            _ when step.Numbers.GetValueOrDefault("empty") != 0 => "empty",
            { DefocusMicrometres: { } defocus } => string.Create(CultureInfo.InvariantCulture, $"{defocus:+0.0;-0.0;0.0} ± {deviation:0.0}"),
            { DistanceMicrometres: { } distance } => string.Create(CultureInfo.InvariantCulture, $"±{distance:0.0} ± {deviation:0.0}"),
            _ => "-",
        };
    }

    private static string Move(FocusStep step) => step.TargetMicrometres is { } target
        ? string.Create(CultureInfo.InvariantCulture, $"{target:0.00}{(step.ApproachMicrometres is null ? "" : " *")}")
        : MicroscopeReport.Text(step.Outcome);
}
