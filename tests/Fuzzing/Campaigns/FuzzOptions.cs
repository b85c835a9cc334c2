using System.Globalization;

namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>What a campaign runs.</summary>
internal sealed record FuzzOptions
{
    /// <summary>Number of cases.</summary>
    public long Cases { get; init; } = 20_000;

    /// <summary>Seed; the same seed, corpus and case number give the same file.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of the first case.</summary>
    public long First { get; init; }

    /// <summary>Every how manieth case is run, counted from the first: children share a campaign by this.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Folder of TIFFs to mutate beside the generated ones; null for none.</summary>
    public string? Corpus { get; init; }

    /// <summary>Folder for files that failed.</summary>
    public string Output { get; init; } = Path.Combine(Path.GetTempPath(), "ib-fuzz");

    /// <summary>Number of children that run at once.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>Time after which a case counts as hanging.</summary>
    public TimeSpan CaseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A fault that a child commits, "crash:7" for one in case 7: for the tests of the campaign itself.</summary>
    public string? Sabotage { get; init; }

    /// <exception cref="ArgumentException">An option is unknown or its value is not a number.</exception>
    public static FuzzOptions Parse(string[] args)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
            {
                throw new ArgumentException($"{args[i]} has no value.");
            }

            options = With(options, args[i], args[i + 1]);
        }

        return options;
    }

    /// <summary>The arguments that give these options again.</summary>
    public IEnumerable<string> ToArguments()
    {
        List<string> args =
        [
            "--cases", Cases.ToString(CultureInfo.InvariantCulture), "--seed", Seed.ToString(CultureInfo.InvariantCulture),
            "--first", First.ToString(CultureInfo.InvariantCulture), "--stride", Stride.ToString(CultureInfo.InvariantCulture),
        ];
        if (Corpus is not null)
        {
            args.AddRange(["--corpus", Corpus]);
        }

        if (Sabotage is not null)
        {
            args.AddRange(["--sabotage", Sabotage]);
        }

        return args;
    }

    private static FuzzOptions With(FuzzOptions options, string name, string value) => name switch
    {
        "--cases" => options with { Cases = Number(name, value, 1) },
        "--seed" => options with { Seed = (ulong)Number(name, value, 0) },
        "--first" => options with { First = Number(name, value, 0) },
        "--stride" => options with { Stride = (int)Number(name, value, 1) },
        "--workers" => options with { Workers = (int)Number(name, value, 1) },
        "--case-seconds" => options with { CaseTimeout = TimeSpan.FromSeconds(Number(name, value, 1)) },
        "--corpus" => options with { Corpus = value },
        "--output" => options with { Output = value },
        "--sabotage" => options with { Sabotage = value },
        _ => throw new ArgumentException($"{name} is unknown; accepted: --cases, --seed, --first, --corpus, --output, --workers, --case-seconds."),
    };

    private static long Number(string name, string value, long minimum) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= int.MaxValue
            ? number
            : throw new ArgumentException($"{name} is {value}; accepted: {minimum} to {int.MaxValue}.");
}
