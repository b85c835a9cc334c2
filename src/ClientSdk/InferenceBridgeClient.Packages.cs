using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client;

public sealed partial class InferenceBridgeClient
{
    /// <summary>Has the server run the test tensors of its model packages. It may take minutes.</summary>
    /// <param name="operation">Id of one package's operation; null tests all, and reports those that cannot be offered too.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A report for each package; one that failed is no error of the call.</returns>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.OperationNotFound"/>: no package has this operation; <see cref="InferenceError.ServerUnreachable"/>.
    /// </exception>
    public Task<IReadOnlyList<PackageTest>> SelfTestAsync(string? operation = null, CancellationToken cancellation = default) =>
        AskAsync<Proto.SelfTestResponse, IReadOnlyList<PackageTest>>("SelfTest",
            options => _catalog.SelfTestAsync(new Proto.SelfTestRequest { Operation = operation ?? "" }, options),
            response =>
            [
                .. response.Reports.Select(report => new PackageTest(report.Folder, report.Operation, report.Passed)
                {
                    Field = report.Field, Message = report.Message, Device = report.Device, Seconds = report.Seconds,
                }),
            ],
            cancellation, isLong: true);
}
