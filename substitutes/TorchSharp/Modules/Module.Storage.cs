using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Writes parameters and persistent buffers: their number, then of each the name and the tensor.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            public virtual Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(writer);
                var state = state_dict();
                foreach (var name in skip ?? [])
                {
                    state.Remove(name);
                }

                writer.Encode(state.Count);
                foreach (var (name, tensor) in state)
                {
                    writer.Write(name);
                    tensor.Save(writer);
                }

                return this;
            }

            /// <exception cref="InvalidOperationException">Names do not match, and <paramref name="strict"/> asked for that.</exception>
            /// <exception cref="ArgumentException">A tensor has another type or shape.</exception>
            public Module load(string location, bool strict = true, IList<string>? skip = null)
            {
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(reader);
                using var scope = NewDisposeScope();
                var state = new Dictionary<string, Tensor>();
                for (var left = reader.Decode(); left > 0; left--)
                {
                    var name = reader.ReadString();
                    state[name] = TensorExtensionMethods.Load(reader);
                }

                CheckAlike(state, skip);
                load_state_dict(state, strict, skip);
                return this;
            }

            private void CheckAlike(Dictionary<string, Tensor> state, IList<string>? skip)
            {
                foreach (var (name, tensor) in state_dict())
                {
                    if (skip?.Contains(name) != true && state.TryGetValue(name, out var saved)
                        && (saved.dtype != tensor.dtype || !saved.shape.SequenceEqual(tensor.shape)))
                    {
                        throw new ArgumentException($"'{name}' is {saved} in the file and {tensor} in the module.");
                    }
                }
            }
        }
    }
}
