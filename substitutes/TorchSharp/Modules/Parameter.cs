using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. It belongs to its module, never to a dispose scope.</summary>
public class Parameter : torch.Tensor
{
    /// <param name="data">Shares its values with the new parameter.</param>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(Share(data))
    {
        DetachFromDisposeScope();
        if (this.requires_grad != requires_grad)
        {
            this.requires_grad = requires_grad;
        }
    }

    private static nint Share(torch.Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var cut = data.is_leaf ? data.alias() : data.detach();
        return NativeMethods.ib_tensor_share(cut.Handle);
    }
}
