using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Devices by the names that people give them.</summary>
internal static class TrainingDevice
{
    /// <summary>The device of a name; null takes a GPU where there is one.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>; <see cref="InferenceError.DeviceUnavailable"/>.</exception>
    public static Device Find(string? name)
    {
        if (name is null)
        {
            return cuda.is_available() ? CUDA : CPU;
        }

        if (name == "cpu")
        {
            return CPU;
        }

        var index = 0;
        if (name != "cuda" && !(name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out index) && index >= 0))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "device",
                $"device is \"{name}\"; accepted: cpu, cuda, cuda:0, cuda:1, …");
        }

        return index < (cuda.is_available() ? cuda.device_count() : 0)
            ? new Device(DeviceType.CUDA, index)
            : throw new InferenceException(InferenceError.DeviceUnavailable, "device",
                $"device is {name}, and there are {(cuda.is_available() ? cuda.device_count() : 0)} GPUs here; accepted: cpu.");
    }
}
