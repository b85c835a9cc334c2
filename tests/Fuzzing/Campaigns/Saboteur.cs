using System.Globalization;

namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>Commits the faults that a campaign has to notice, so that the tests see it notice them.</summary>
internal static class Saboteur
{
    public static void Act(string? sabotage, long number)
    {
        if (sabotage?.Split(':') is not [var fault, var at] || long.Parse(at, CultureInfo.InvariantCulture) != number)
        {
            return;
        }

        switch (fault)
        {
            case "crash":
                Environment.FailFast("sabotage");
                break;
            case "hang":
                new ManualResetEventSlim().Wait(CancellationToken.None);
                break;
            case "memory":
                // Every page is touched, or the kernel would not count it.
                Array.Fill(new byte[1 << 30], (byte)1);
                break;
            default:
                throw new InvalidOperationException("sabotage");
        }
    }
}
