namespace InferenceBridge.Models;

/// <summary>An operation that runs packages as a part of itself. The catalogue offers it anew whenever packages come or go; jobs keep what they began with.</summary>
public interface IPackageUser : IOperation
{
    /// <summary>The operation with these packages, of which it takes those that it can use.</summary>
    IOperation With(IEnumerable<IOperation> packages);
}
