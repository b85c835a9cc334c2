using System.Globalization;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models.Training;

/// <summary>Writes a trained network as a model package.</summary>
public static class DenoisingPackage
{
    private const string WeightsName = "weights.safetensors";

    /// <summary>Writes or replaces the files of a package in a folder, which is made where it is missing.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string folder, DenoisingTrainingResult result)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnwritable, "out", $"The folder {folder} cannot be made: {fault.Message}", fault);
        }

        SafetensorsFile.Write(Path.Combine(folder, WeightsName), result.Network.state_dict(), new Dictionary<string, string>
        {
            ["architecture"] = result.Options.Network,
            ["channels"] = result.Options.Channels.ToString(CultureInfo.InvariantCulture),
        });
    }
}
