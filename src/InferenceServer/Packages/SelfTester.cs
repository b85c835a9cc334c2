using System.Runtime.InteropServices;
using InferenceBridge.Models;
using InferenceBridge.Models.Packages;
using InferenceBridge.Server.Devices;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Packages;

/// <summary>Runs the self-tests of packages on the device that jobs run on, in turns with them.</summary>
internal sealed class SelfTester(PackageCatalog packages, DeviceScheduler scheduler, TimeProvider time)
{
    /// <param name="operation">Id of a package's operation; empty for all.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.OperationNotFound"/>.</exception>
    public async Task<Proto.SelfTestResponse> RunAsync(string operation, CancellationToken cancellation)
    {
        packages.Refresh();
        var entries = packages.Entries.Where(entry => operation.Length == 0 || Id(entry) == operation).ToArray();
        if (operation.Length > 0 && entries.Length == 0)
        {
            var known = packages.Entries.Select(Id).Where(id => id.Length > 0).ToArray();
            throw new InferenceException(InferenceError.OperationNotFound, "operation",
                $"\"{operation}\" is the operation of no package; accepted: {(known.Length == 0 ? "none, since there are no packages" : string.Join(", ", known))}.");
        }

        var response = new Proto.SelfTestResponse();
        foreach (var entry in entries.OrderBy(entry => Path.GetFileName(entry.Folder), StringComparer.Ordinal))
        {
            response.Reports.Add(entry.Package is null ? Refused(entry, entry.Fault!) : await Task.Run(() => Test(entry, cancellation), cancellation).ConfigureAwait(false));
        }

        return response;
    }

    private static string Id(PackageEntry entry) => entry.Package?.Operation.Declaration.Id ?? "";

    private static Proto.SelfTestReport Refused(PackageEntry entry, InferenceException fault) => new()
    {
        Folder = Path.GetFileName(entry.Folder), Operation = Id(entry), Field = fault.Field, Message = fault.Message,
    };

    private Proto.SelfTestReport Test(PackageEntry entry, CancellationToken cancellation)
    {
        var (device, start) = (scheduler.Preferred, time.GetTimestamp());
        try
        {
            var results = entry.Package!.SelfTest(new Host(device, scheduler, cancellation), cancellation);
            return new Proto.SelfTestReport
            {
                Folder = Path.GetFileName(entry.Folder),
                Operation = Id(entry),
                Passed = results.All(result => result.Passed),
                Message = string.Join(" ", results.Select(result => result.Message)),
                Outputs =
                {
                    results.Select(result => new Proto.SelfTestOutput
                    {
                        Name = result.Output, Passed = result.Passed, LargestDifference = result.LargestDifference, Message = result.Message,
                    }),
                },
                Device = device.Id,
                Seconds = time.GetElapsedTime(start).TotalSeconds,
            };
        }
        catch (InferenceException e)
        {
            return Refused(entry, e);
        }
        catch (ExternalException e)
        {
            return Refused(entry, new InferenceException(InferenceError.Internal, "", $"libtorch failed: {e.Message.Split('\n')[0]}", e));
        }
    }

    private sealed class Host(ComputeDevice device, DeviceScheduler scheduler, CancellationToken cancellation) : IVolumeJobHost
    {
        public Device Device => device.Torch;

        public CancellationToken Cancellation => cancellation;

        public IDisposable TakeTurn() => scheduler.EnterAsync(device, null, _ => { }, cancellation).AsTask().GetAwaiter().GetResult();

        public void Progressed(int done, int all)
        {
            // A report comes at the end.
        }
    }
}
