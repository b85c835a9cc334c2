namespace InferenceBridge.Models.Training;

/// <summary>What a trained package says of itself; null where there is nothing to say.</summary>
public sealed record PackageLabels
{
    /// <summary>Its name; null: that of its folder.</summary>
    public string? Name { get; init; }

    /// <summary>Id of its operation, such as "denoise/cells"; null: run/FOLDER.</summary>
    public string? Operation { get; init; }

    /// <summary>Licence of the weights, such as "CC-BY-4.0".</summary>
    public string? Licence { get; init; }

    /// <summary>The images and their licence, in words; null: the name of the file or folder.</summary>
    public string? TrainingData { get; init; }

    /// <summary>The commit of the program that trained it.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether weights are written as 16-bit floats (default false): half of the size, with about three decimals; the network is rounded too.</summary>
    public bool IsHalf { get; init; }
}
