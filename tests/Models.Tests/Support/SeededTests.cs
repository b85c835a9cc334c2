namespace InferenceBridge.Models.Tests;

/// <summary>Tests of what follows from a seed: libtorch has one generator for all threads, so they run when no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SeededTests
{
    public const string Name = "seeded";
}
