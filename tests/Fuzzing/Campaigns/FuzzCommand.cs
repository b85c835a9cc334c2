namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>A campaign from the command line: <c>bash tests/Fuzzing/run.sh --cases 100000 --seed 7</c>.</summary>
internal static class FuzzCommand
{
    /// <returns>0 where no case failed, 1 where one did, 2 for wrong options.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        FuzzOptions options;
        try
        {
            options = FuzzOptions.Parse(args);
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        Console.WriteLine($"seed {options.Seed}, cases {options.First} to {options.First + options.Cases - 1}, corpus {options.Corpus ?? "generated"}");
        var report = await new FuzzCampaign(options).RunAsync();
        foreach (var failure in report.Failures)
        {
            Console.WriteLine(failure);
        }

        Console.WriteLine(report);
        return report.Failures.IsEmpty ? 0 : 1;
    }

    /// <summary>Reads one file, such as one that a campaign kept, and says what came of it.</summary>
    public static int Read(string path)
    {
        var meter = new MemoryMeter();
        Console.WriteLine(FileReading.Read(path)?.Message ?? "read");
        Console.WriteLine($"{meter.Taken() >> 20} MiB");
        return 0;
    }
}
