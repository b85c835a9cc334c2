using Grpc.Core;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Packages;
using TorchSharp;

namespace InferenceBridge.Server.Services;

/// <summary>What this server can do.</summary>
internal sealed class CatalogGrpcService(
    OperationCatalog catalog, PackageCatalog packages, SelfTester tester, DeviceScheduler scheduler, InferenceServerOptions options)
    : Proto.CatalogService.CatalogServiceBase
{
    public override Task<Proto.ServerInfo> GetServerInfo(Proto.GetServerInfoRequest request, ServerCallContext context) =>
        Task.FromResult(new Proto.ServerInfo
        {
            Version = ServerVersion.Text,
            Devices = { scheduler.Devices.Select(device => new Proto.Device { Id = device.Id, Name = device.Name, MemoryBytes = device.MemoryBytes }) },
            TorchVersion = torch.__version__,
            MaxChunkBytes = options.MaxChunkBytes,
            MaxVolumeBytes = options.MaxVolumeBytes,
        });

    public override Task<Proto.ListOperationsResponse> ListOperations(Proto.ListOperationsRequest request, ServerCallContext context)
    {
        packages.Refresh();
        return Task.FromResult(new Proto.ListOperationsResponse
        {
            Operations =
            {
                catalog.Operations.Select(operation => operation.Declaration)
                    .Where(declaration => request.Task.Length == 0 || declaration.Task == request.Task)
                    .Select(DeclarationMapper.ToProto),
            },
        });
    }

    public override Task<Proto.Operation> DescribeOperation(Proto.DescribeOperationRequest request, ServerCallContext context) =>
        Task.FromResult(DeclarationMapper.ToProto(catalog.Find(request.Id).Declaration));

    public override Task<Proto.SelfTestResponse> SelfTest(Proto.SelfTestRequest request, ServerCallContext context) =>
        tester.RunAsync(request.Operation, context.CancellationToken);
}
