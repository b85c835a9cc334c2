using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests.Packages;

/// <summary>Packages as training writes them, with networks that were never trained.</summary>
internal static class TrainedPackage
{
    /// <param name="folder">Where to write.</param>
    /// <param name="architecture">Name of the network.</param>
    /// <param name="channels">Neighbouring planes that it sees.</param>
    /// <param name="seed">Of its weights.</param>
    /// <param name="head">Spread of the last layer's weights: with 0 it returns the image as it is.</param>
    /// <param name="operation">Id of the operation; null for run/FOLDER.</param>
    public static void Write(string folder, string architecture, int channels, int seed, double head, string? operation = null)
    {
        manual_seed(seed);
        var settings = new Dictionary<string, string> { ["channels"] = $"{channels}" };
        var network = NetworkArchitectures.Create(architecture, settings);
        using (no_grad())
        {
            network.get_parameter("head.weight")!.normal_(0, head);
        }

        network.eval();
        var options = new DenoisingTrainingOptions
        {
            Mode = DenoisingMode.Simulated, Network = architecture, Channels = channels, Steps = 1, ReportFolder = "report",
            Labels = new PackageLabels { Operation = operation },
        };
        var data = new DenoisingData(null!, null, [], 1, 1, "");
        var score = new ValidationScore(0, new Dictionary<string, double> { ["psnr_db"] = 0 });
        using var result = new DenoisingTrainingResult(options, network, settings, data, new TrainingOutcome(1, 1, false, 1, score, []), CPU);
        DenoisingPackage.Write(folder, result);
    }
}
