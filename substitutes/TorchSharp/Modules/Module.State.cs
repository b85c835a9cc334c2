namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>All parameters and persistent buffers by their paths; the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var path = string.IsNullOrEmpty(prefix) ? string.Empty : prefix + ".";
                foreach (var (name, parameter) in named_parameters())
                {
                    destination.TryAdd(path + name, parameter);
                }

                foreach (var (name, tensor, persistent) in Buffers(true))
                {
                    if (persistent)
                    {
                        destination.TryAdd(path + name, tensor);
                    }
                }

                return destination;
            }

            /// <summary>Copies values in.</summary>
            /// <param name="strict">Refuse names that are missing or too many.</param>
            /// <exception cref="InvalidOperationException">Names do not match, and that was asked for.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keys) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                var own = state_dict();
                List<string> missing = [.. own.Keys.Where(name => !source.ContainsKey(name) && skip?.Contains(name) != true)];
                List<string> unexpected = [.. source.Keys.Where(name => !own.ContainsKey(name) && skip?.Contains(name) != true)];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state has missing keys [{string.Join(", ", missing)}] and unexpected keys [{string.Join(", ", unexpected)}].");
                }

                using var grad = no_grad();
                foreach (var (name, tensor) in own)
                {
                    if (skip?.Contains(name) != true && source.TryGetValue(name, out var value))
                    {
                        tensor.copy_(value);
                    }
                }

                return (missing, unexpected);
            }
        }
    }
}
