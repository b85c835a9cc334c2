using System.CommandLine;
using InferenceBridge.Cli;

var root = CommandLine.Create();
var parsed = root.Parse(args);
using var interruption = new Interruption();
return await CommandLine.InvokeAsync(parsed, interruption.Token);
