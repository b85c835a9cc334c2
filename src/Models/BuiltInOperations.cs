namespace InferenceBridge.Models;

/// <summary>The operations that come with the server.</summary>
public static class BuiltInOperations
{
    /// <summary>One instance of each; operations are stateless, so they may be shared.</summary>
    public static IReadOnlyList<IOperation> All { get; } =
    [
        new IdentityOperation(),
        new GaussianOperation(),
        new MedianOperation(),
        new NonLocalMeansOperation(),
        new TriDeFusionOperation([]),
        new RichardsonLucyOperation(),
        new TikhonovOperation(),
        new WienerOperation(),
        new PsfOperation(PsfModel.Gaussian),
        new PsfOperation(PsfModel.BornWolf),
        new PsfOperation(PsfModel.GibsonLanni),
        new PsfFromBeadsOperation(),
        new RigidOperation(),
        new PiecewiseOperation(),
        new MetricsOperation(),
    ];
}
