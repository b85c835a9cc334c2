using Google.Protobuf.Reflection;
using Grpc.Reflection.V1;

namespace InferenceBridge.Server.Services;

/// <summary>Finds descriptors of the served .proto files and of what they import.</summary>
internal sealed class ReflectionIndex
{
    private readonly IReadOnlyList<ServiceDescriptor> _services;
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private readonly List<FieldDescriptor> _extensions = [];

    public ReflectionIndex(IReadOnlyList<ServiceDescriptor> services)
    {
        _services = services;
        foreach (var service in services)
        {
            AddFile(service.File);
        }
    }

    public ListServiceResponse ListServices() =>
        new() { Service = { _services.Select(service => service.FullName).Order(StringComparer.Ordinal).Select(name => new ServiceResponse { Name = name }) } };

    public FileDescriptorResponse? FileByName(string name) => _files.TryGetValue(name, out var file) ? WithImports(file) : null;

    public FileDescriptorResponse? FileBySymbol(string symbol) => _symbols.TryGetValue(symbol, out var file) ? WithImports(file) : null;

    public FileDescriptorResponse? FileByExtension(string type, int number) =>
        _extensions.Find(field => field.ExtendeeType.FullName == type && field.FieldNumber == number) is { } field ? WithImports(field.File) : null;

    /// <summary>Numbers of the known extensions of a message; null where there is no such message.</summary>
    public IEnumerable<int>? ExtensionNumbers(string type) => _messages.Contains(type)
        ? _extensions.Where(field => field.ExtendeeType.FullName == type).Select(field => field.FieldNumber).Order()
        : null;

    private static FileDescriptorResponse WithImports(FileDescriptor file)
    {
        var ordered = new List<FileDescriptor>();
        void Visit(FileDescriptor visited)
        {
            if (!ordered.Contains(visited))
            {
                ordered.Add(visited);
                foreach (var import in visited.Dependencies)
                {
                    Visit(import);
                }
            }
        }

        Visit(file);
        return new FileDescriptorResponse { FileDescriptorProto = { ordered.Select(each => each.SerializedData) } };
    }

    private void AddFile(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var import in file.Dependencies)
        {
            AddFile(import);
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        AddEnums(file.EnumTypes, file);
        AddExtensions(file.Extensions, file);
        foreach (var message in file.MessageTypes)
        {
            AddMessage(message, file);
        }
    }

    private void AddMessage(MessageDescriptor message, FileDescriptor file)
    {
        _symbols[message.FullName] = file;
        _messages.Add(message.FullName);
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            _symbols[field.FullName] = file;
        }

        foreach (var oneof in message.Oneofs)
        {
            _symbols[oneof.FullName] = file;
        }

        AddEnums(message.EnumTypes, file);
        AddExtensions(message.Extensions, file);
        foreach (var nested in message.NestedTypes)
        {
            AddMessage(nested, file);
        }
    }

    private void AddEnums(IEnumerable<EnumDescriptor> enums, FileDescriptor file)
    {
        foreach (var type in enums)
        {
            _symbols[type.FullName] = file;
            // Values are siblings of their enum in protobuf's scoping.
            var scope = type.FullName[..^type.Name.Length];
            foreach (var value in type.Values)
            {
                _symbols[scope + value.Name] = file;
            }
        }
    }

    private void AddExtensions(ExtensionCollection extensions, FileDescriptor file)
    {
        foreach (var extension in extensions.UnorderedExtensions)
        {
            _symbols[extension.FullName] = file;
            _extensions.Add(extension);
        }
    }
}
