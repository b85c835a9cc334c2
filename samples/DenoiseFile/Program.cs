using InferenceBridge;
using InferenceBridge.Client;

if (args.Length != 3)
{
    await Console.Error.WriteLineAsync("usage: DenoiseFile SERVER INPUT.tif OUTPUT.tif    (SERVER: http://host:port or unix:/path.sock)");
    return 2;
}

try
{
    await using var client = InferenceBridgeClient.Connect(args[0]);
    var request = new RunRequest("denoise/nlm")
    {
        Parameters = new Dictionary<string, ParameterValue> { ["patch_size"] = 5, ["patch_distance"] = 6 },
    };
    var summary = await client.RunAsync(args[1], args[2], request);
    Console.WriteLine($"{summary.Operation} {summary.OperationVersion} on {summary.Device}: {summary.ClientSeconds:0.00} s");
    return 0;
}
catch (InferenceException e)
{
    await Console.Error.WriteLineAsync($"{e.Error}: {e.Message}");
    return 1;
}
