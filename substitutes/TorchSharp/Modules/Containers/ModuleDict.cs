using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules by name, in the order in which they were added.</summary>
    public class ModuleDict<T> : nn.Module, IReadOnlyList<(string, T)>
        where T : nn.Module
    {
        private readonly List<(string Name, T Module)> _list = [];

        public ModuleDict()
            : base(nameof(ModuleDict<>))
        {
        }

        public int Count => _list.Count;

        public ICollection<string> Keys => [.. _list.Select(entry => entry.Name)];

        public ICollection<T> Values => [.. _list.Select(entry => entry.Module)];

        public (string, T) this[int index] => _list[index];

        public T this[string key]
        {
            get => TryGetValue(key, out var module) ? module : throw new KeyNotFoundException($"There is no module '{key}'.");
            set
            {
                var index = _list.FindIndex(entry => entry.Name == key);
                if (index < 0)
                {
                    _list.Add((key, value));
                }
                else
                {
                    _list[index] = (key, value);
                }

                register_module(key, value);
            }
        }

        public void Add(string key, T value)
        {
            if (ContainsKey(key))
            {
                throw new ArgumentException($"There is a module '{key}' already.", nameof(key));
            }

            this[key] = value;
        }

        public void Add((string, T) item) => Add(item.Item1, item.Item2);

        public bool Remove(string key)
        {
            var removed = _list.RemoveAll(entry => entry.Name == key) > 0;
            RegisterComponents();
            return removed;
        }

        public void Clear()
        {
            _list.Clear();
            ForgetChildren();
        }

        public void clear() => Clear();

        public bool ContainsKey(string key) => _list.Exists(entry => entry.Name == key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
        {
            value = _list.Find(entry => entry.Name == key).Module;
            return value is not null;
        }

        public IEnumerable<string> keys() => Keys;

        public IEnumerable<T> values() => Values;

        public IEnumerator<(string, T)> items() => GetEnumerator();

        public IEnumerator<(string, T)> GetEnumerator() => _list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        // Fields are no components of a dictionary; its entries are.
        protected override void RegisterComponents()
        {
            ForgetChildren();
            foreach (var (name, module) in _list)
            {
                register_module(name, module);
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules)
                where T : Module
            {
                ArgumentNullException.ThrowIfNull(modules);
                var result = new ModuleDict<T>();
                foreach (var (name, module) in modules)
                {
                    result.Add(name, module);
                }

                return result;
            }
        }
    }
}
