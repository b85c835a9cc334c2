namespace InferenceBridge.Models;

/// <summary>What is asked of an estimate beside the data.</summary>
internal enum Regularisation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A small sum of the gradient's length.</summary>
    TotalVariation,

    /// <summary>A small sum of the gradient's square.</summary>
    Tikhonov,
}
