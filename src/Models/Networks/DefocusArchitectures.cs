using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>Networks that tell how far out of focus a frame is, by the names that packages and the tool know them by.</summary>
public static class DefocusArchitectures
{
    /// <summary>Names of the architectures, for messages.</summary>
    public static IReadOnlyList<string> Names { get; } = [SpectralFocusOptions.Name, MobileNetV2.Name, ResNet50.Name, Vgg16.Name];

    /// <summary>Builds a network with new weights.</summary>
    /// <param name="architecture">One of <see cref="Names"/>.</param>
    /// <param name="options">Settings by name.</param>
    /// <returns>Output (N, 41, 1, 1): logarithms of the probabilities of −10 to +10 µm by 0.5 µm, but for a constant.</returns>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterUnknown"/> or <see cref="InferenceError.ParameterOutOfRange"/>: the name or an option.
    /// </exception>
    internal static nn.Module<Tensor, Tensor> Create(string architecture, IReadOnlyDictionary<string, string> options) => architecture switch
    {
        SpectralFocusOptions.Name => new SpectralFocusNetwork(SpectralFocusOptions.From(options)),
        MobileNetV2.Name => Classifier(architecture, options, () => new MobileNetV2()),
        ResNet50.Name => Classifier(architecture, options, () => new ResNet50()),
        Vgg16.Name => Classifier(architecture, options, () => new Vgg16()),
        _ => throw new InferenceException(InferenceError.ParameterOutOfRange, "network",
            $"The network is \"{architecture}\"; accepted: {string.Join(", ", Names)}."),
    };

    /// <summary>Whether an architecture takes spectra and optics (<see cref="SpectralFocusNetwork"/>) in place of pixels.</summary>
    internal static bool IsSpectral(string architecture) => architecture == SpectralFocusOptions.Name;

    private static nn.Module<Tensor, Tensor> Classifier(
        string architecture, IReadOnlyDictionary<string, string> options, Func<nn.Module<Tensor, Tensor>> create) =>
        ClassifierOptions.From(architecture, options).SeesSpectrum ? new SpectrumClassifier(create()) : create();
}
