using InferenceBridge.Fuzzing.Corpora;

namespace InferenceBridge.Fuzzing.Mutations;

/// <summary>A case: a file of the corpus with one to eight changes.</summary>
/// <param name="Number">Number of the case in its campaign.</param>
/// <param name="Bytes">The changed file.</param>
/// <param name="History">The file's name and what was changed, in order.</param>
internal sealed record FuzzCase(long Number, byte[] Bytes, IReadOnlyList<string> History);

/// <summary>Makes cases from a corpus: the same seed, number and corpus give the same bytes.</summary>
internal static class Mutator
{
    private const int MaxBytes = 1 << 20;

    public static FuzzCase Make(Corpus corpus, ulong seed, long number)
    {
        var random = CaseRandom.For(seed, number);
        var origin = random.Pick(corpus.Files);
        var file = new List<byte>(origin.Bytes);
        List<string> history = [origin.Name];
        var changes = 1 + (random.OneIn(3) ? random.Below(8) : random.Below(3));
        for (var i = 0; i < changes && file.Count < MaxBytes; i++)
        {
            var structural = random.Below(3) > 0 ? TiffMutations.Apply(file, random) : null;
            history.Add(structural ?? ByteMutations.Apply(file, random, random.Pick(corpus.Files).Bytes));
        }

        return new FuzzCase(number, [.. file], history);
    }
}
