using System.Collections;
using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules in a list, registered by their places in it.</summary>
    public class ModuleList<T> : nn.Module, IList<T>
        where T : nn.Module
    {
        private readonly List<T> _list;

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<>))
        {
            _list = [.. modules];
            Register();
        }

        public int Count => _list.Count;

        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => _list[index];
            set
            {
                _list[index] = value;
                Register();
            }
        }

        public void Add(T item) => append(item);

        public void append(params T[] modules) => extend(modules);

        public void extend(IEnumerable<T> modules)
        {
            _list.AddRange(modules);
            Register();
        }

        public void Insert(int index, T item)
        {
            _list.Insert(index, item);
            Register();
        }

        public bool Remove(T item)
        {
            var removed = _list.Remove(item);
            Register();
            return removed;
        }

        public void RemoveAt(int index)
        {
            _list.RemoveAt(index);
            Register();
        }

        public void Clear()
        {
            _list.Clear();
            Register();
        }

        public bool Contains(T item) => _list.Contains(item);

        public int IndexOf(T item) => _list.IndexOf(item);

        public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        // Fields are no components of a list; its items are.
        protected override void RegisterComponents() => Register();

        private void Register()
        {
            ForgetChildren();
            for (var i = 0; i < _list.Count; i++)
            {
                register_module(i.ToString(CultureInfo.InvariantCulture), _list[i]);
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
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
