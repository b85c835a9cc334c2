using System.Globalization;
using System.Text.Json;
using InferenceBridge.Soak.Load;

namespace InferenceBridge.Soak.Support;

/// <summary>What a soak did and saw, as a file to keep.</summary>
internal static class SoakReport
{
    private static readonly JsonSerializerOptions Indented = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static void Write(string path, SoakSettings settings, IEnumerable<ActorLoop> loops, Vitals before, Vitals after, VitalsLog log) =>
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            Benchmark = "soak",
            Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Cores = Environment.ProcessorCount,
            Minutes = settings.Duration.TotalMinutes,
            settings.Seed,
            Runs = loops.GroupBy(loop => loop.Name).ToDictionary(group => group.Key.Replace(' ', '_'), group => group.Sum(loop => loop.Count)),
            ServerBefore = before,
            ServerAfter = after,
            MedianMemoryBytesFirstThird = log.Medians(vitals => vitals.MemoryBytes).First,
            MedianMemoryBytesLastThird = log.Medians(vitals => vitals.MemoryBytes).Last,
            MemoryMiBEveryTwoSeconds = log.Samples.Select(vitals => vitals.MemoryBytes >> 20),
        }, Indented) + "\n");
}
