using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

/// <summary>A package as training writes it, with a network that was never trained: it registers by its equations alone.</summary>
internal static class FlowPackage
{
    public static ModelPackage Write(string folder, string operation = "register/flow")
    {
        manual_seed(3);
        var options = new RegistrationTrainingOptions
        {
            Data = "/somewhere/mine.tif", Steps = 1, ReportFolder = "report",
            Labels = new PackageLabels { Operation = operation, Licence = "CC0-1.0", Commit = "0123abcd" },
        };
        var network = new FlowNetwork(FlowOptions.Default);
        network.eval();
        var score = new ValidationScore(-0.3, new Dictionary<string, double> { ["error_px_at_100_photons"] = 0.3 });
        using var result = new RegistrationTrainingResult(
            options, network, new RegistrationData([], [], 1, ""), new FlowValidator([], 8), new TrainingOutcome(1, 1, false, 1, score, []), CPU);
        RegistrationPackage.Write(folder, result);
        return ModelPackage.Open(folder, NetworkFactories.All);
    }
}
