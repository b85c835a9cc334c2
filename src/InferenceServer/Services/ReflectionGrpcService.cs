using Grpc.Core;
using Grpc.Reflection.V1;
using InferenceBridge.Server.Hosting;

namespace InferenceBridge.Server.Services;

/// <summary>grpc.reflection.v1: lets tools such as grpcurl talk to the server without its .proto files.</summary>
internal sealed class ReflectionGrpcService(ReflectionIndex index, JobTracker jobs) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, jobs.DrainingToken);
        try
        {
            while (await requestStream.MoveNext(either.Token).ConfigureAwait(false))
            {
                await responseStream.WriteAsync(Answer(requestStream.Current), either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (jobs.DrainingToken.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw new InferenceException(InferenceError.ServerStopping, "", "The server is stopping.", e);
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = request.MessageRequestCase switch
        {
            ServerReflectionRequest.MessageRequestOneofCase.ListServices => new ServerReflectionResponse { ListServicesResponse = index.ListServices() },
            ServerReflectionRequest.MessageRequestOneofCase.FileByFilename => Files(index.FileByName(request.FileByFilename),
                $"File \"{request.FileByFilename}\" is not known."),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol => Files(index.FileBySymbol(request.FileContainingSymbol),
                $"Symbol \"{request.FileContainingSymbol}\" is not known."),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension => Files(
                index.FileByExtension(request.FileContainingExtension.ContainingType, request.FileContainingExtension.ExtensionNumber),
                $"Extension {request.FileContainingExtension.ExtensionNumber} of \"{request.FileContainingExtension.ContainingType}\" is not known."),
            ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType => Extensions(request.AllExtensionNumbersOfType),
            _ => Error(StatusCode.InvalidArgument, "The request asks for nothing."),
        };
        response.ValidHost = request.Host;
        response.OriginalRequest = request;
        return response;
    }

    private static ServerReflectionResponse Files(FileDescriptorResponse? files, string otherwise) =>
        files is null ? Error(StatusCode.NotFound, otherwise) : new ServerReflectionResponse { FileDescriptorResponse = files };

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message } };

    private ServerReflectionResponse Extensions(string type)
    {
        var numbers = index.ExtensionNumbers(type);
        return numbers is null
            ? Error(StatusCode.NotFound, $"Message type \"{type}\" is not known.")
            : new ServerReflectionResponse
            {
                AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type, ExtensionNumber = { numbers } },
            };
    }
}
