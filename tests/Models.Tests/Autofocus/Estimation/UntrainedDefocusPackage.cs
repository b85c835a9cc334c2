using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

/// <summary>A package as training writes it, with a network that was never trained.</summary>
internal static class UntrainedDefocusPackage
{
    public static ModelPackage Write(string folder, string network = "spectral")
    {
        manual_seed(3);
        var options = new DefocusTrainingOptions
        {
            Data = "/somewhere/mine", Network = network, Steps = 1, ReportFolder = "report", Crop = 128,
            Labels = new PackageLabels { Operation = $"autofocus/{network}", Licence = "CC0-1.0", Commit = "0123abcd" },
        };
        var module = DefocusArchitectures.Create(network, new Dictionary<string, string>());
        module.eval();
        var score = new ValidationScore(-3, new Dictionary<string, double> { ["top1"] = 0.3 });
        using var result = new DefocusTrainingResult(options, module, new DefocusData([], [], 4, 1, ""), new DefocusValidator([], []),
            new TrainingOutcome(1, 1, false, 1, score, []), CPU);
        DefocusPackage.Write(folder, result);
        return ModelPackage.Open(folder, NetworkFactories.All);
    }
}
