using InferenceBridge.Cli;

NativeHeap.ReturnLargeBlocks();
using var interruption = new Interruption();
return await CommandLine.RunAsync(args, Console.Out, Console.Error, interruption.Token);
