namespace InferenceBridge.Models;

/// <summary>The operations that a server offers, ordered by id.</summary>
public sealed class OperationCatalog
{
    private readonly SortedDictionary<string, IOperation> _operations = new(StringComparer.Ordinal);

    /// <summary>Makes a catalogue.</summary>
    /// <exception cref="ArgumentException">Two operations have the same id.</exception>
    public OperationCatalog(IEnumerable<IOperation> operations)
    {
        foreach (var operation in operations)
        {
            _operations.Add(operation.Declaration.Id, operation);
        }
    }

    /// <summary>All operations, ordered by id.</summary>
    public IReadOnlyCollection<IOperation> Operations => _operations.Values;

    /// <summary>Finds an operation.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.OperationNotFound"/>, with the ids that exist.</exception>
    public IOperation Find(string id) => _operations.TryGetValue(id, out var operation)
        ? operation
        : throw new InferenceException(InferenceError.OperationNotFound, "operation",
            $"Operation \"{id}\" is not known; accepted: {string.Join(", ", _operations.Keys)}.");
}
