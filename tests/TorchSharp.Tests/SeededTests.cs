namespace InferenceBridge.TorchSharp.Tests;

/// <summary>Tests of what follows from a seed: libtorch has one generator for all threads, so they run when no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class SeededTests
{
    public const string Name = "seeded";
}
