namespace InferenceBridge.Models;

/// <summary>The operations that a server offers, ordered by id. Those of packages come and go while it runs.</summary>
public sealed class OperationCatalog
{
    private readonly SortedDictionary<string, IOperation> _fixed = new(StringComparer.Ordinal);
    private volatile SortedDictionary<string, IOperation> _operations;

    /// <summary>Makes a catalogue.</summary>
    /// <exception cref="ArgumentException">Two operations have the same id.</exception>
    public OperationCatalog(IEnumerable<IOperation> operations)
    {
        foreach (var operation in operations)
        {
            _fixed.Add(operation.Declaration.Id, operation);
        }

        _operations = _fixed;
    }

    /// <summary>All operations, ordered by id.</summary>
    public IReadOnlyCollection<IOperation> Operations => _operations.Values;

    /// <summary>Ids that packages may not take.</summary>
    public IReadOnlyCollection<string> FixedIds => _fixed.Keys;

    /// <summary>
    /// Looks for packages anew; asked before an id is said to be unknown, since a package may have come a moment ago. Null where
    /// there are none.
    /// </summary>
    public Action? Refresh { get; set; }

    /// <summary>Offers these operations of packages, in place of those before, beside the ones that the catalogue was made with.</summary>
    /// <exception cref="ArgumentException">Two operations have the same id.</exception>
    public void SetPackages(IEnumerable<IOperation> operations)
    {
        var all = new SortedDictionary<string, IOperation>(_fixed, StringComparer.Ordinal);
        var packages = operations.ToArray();
        foreach (var operation in packages)
        {
            all.Add(operation.Declaration.Id, operation);
        }

        foreach (var user in _fixed.Values.OfType<IPackageUser>())
        {
            all[user.Declaration.Id] = user.With(packages);
        }

        _operations = all;
    }

    /// <summary>Finds an operation.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.OperationNotFound"/>, with the ids that exist.</exception>
    public IOperation Find(string id)
    {
        if (!_operations.ContainsKey(id))
        {
            Refresh?.Invoke();
        }

        var operations = _operations;
        return operations.TryGetValue(id, out var operation)
            ? operation
            : throw new InferenceException(InferenceError.OperationNotFound, "operation",
                $"Operation \"{id}\" is not known; accepted: {string.Join(", ", operations.Keys)}.");
    }
}
