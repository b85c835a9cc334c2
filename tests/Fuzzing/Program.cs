using InferenceBridge.Fuzzing.Campaigns;
using Xunit.Runner.InProc.SystemConsole;

namespace InferenceBridge.Fuzzing;

/// <summary>Runs a campaign, a child of one, or the tests.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => args switch
    {
        ["fuzz", .. var rest] => await FuzzCommand.RunAsync(rest),
        ["child", .. var rest] => FuzzChild.Run(FuzzOptions.Parse(rest)),
        ["read", var path] => FuzzCommand.Read(path),
        _ => await ConsoleRunner.Run(args),
    };
}
