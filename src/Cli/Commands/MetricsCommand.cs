using System.CommandLine;
using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>ib metrics: how close a result is to a reference.</summary>
internal static class MetricsCommand
{
    public static Command Create()
    {
        var result = new Argument<string>("RESULT") { Description = "TIFF to judge." };
        var reference = new Argument<string>("REFERENCE") { Description = "TIFF of the same shape that shows what it should be." };
        var fit = new Option<bool>("--fit")
        {
            Description = "First fit a gain and an offset to the reference, by least squares: for references on another scale.",
        };
        var range = new Option<double?>("--range")
        {
            Description = "Range of intensities for PSNR and SSIM, in the reference's unit. Default: maximum − minimum of the reference.",
            HelpName = "NUMBER",
        };
        var json = CommonOptions.Json();
        var command = new Command("metrics", "Compare two files: PSNR (dB), SSIM (Wang 2004, mean over planes) and NRMSE.")
        {
            result, reference, fit, range, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var (a, b) = (parsed.GetRequiredValue(result), parsed.GetRequiredValue(reference));
            using var x = VolumeFile.OpenRead(a);
            using var y = VolumeFile.OpenRead(b);
            var fitted = parsed.GetValue(fit);
            var comparison = Compare(x, y, fitted, parsed.GetValue(range), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonOutput.Format(new
                {
                    Result = a, Reference = b, PsnrDb = comparison.Psnr, comparison.Ssim, comparison.Nrmse,
                    Fit = fitted, comparison.Gain, comparison.Offset, comparison.DataRange,
                }));
            }
            else
            {
                WriteText(comparison, fitted, output);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static ImageComparison Compare(
        IVolumeReader result, IVolumeReader reference, bool fit, double? range, CancellationToken cancellation)
    {
        try
        {
            return ImageMetrics.Compare(result, reference, fit, range, cancellation: cancellation);
        }
        catch (InferenceException fault) when (fault.Field == "data_range")
        {
            // The library's name of it means nothing to a person who types an option.
            throw new InferenceException(fault.Error, "range", fault.Message.Replace("data_range", "--range", StringComparison.Ordinal), fault);
        }
    }

    private static void WriteText(ImageComparison comparison, bool fitted, TextWriter output)
    {
        var table = new TextTable();
        table.Add("PSNR", double.IsInfinity(comparison.Psnr)
            ? "∞ dB (equal)"
            : string.Create(CultureInfo.InvariantCulture, $"{comparison.Psnr:0.00} dB"));
        table.Add("SSIM", comparison.Ssim.ToString("0.0000", CultureInfo.InvariantCulture));
        table.Add("NRMSE", comparison.Nrmse.ToString("0.0000", CultureInfo.InvariantCulture));
        table.Add("range", Format.Number(comparison.DataRange));
        if (fitted)
        {
            table.Add("fit", $"{Format.Number(comparison.Gain)} × result + {Format.Number(comparison.Offset)}");
        }

        table.WriteTo(output);
    }
}
