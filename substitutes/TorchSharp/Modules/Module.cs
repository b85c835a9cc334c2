using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A named tree of learned parameters, buffers and further modules.</summary>
        public partial class Module : IDisposable
        {
            private readonly string _name;
            private readonly Dictionary<string, Parameter> _parameters = [];
            private readonly Dictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private readonly Dictionary<string, Module> _modules = [];
            private bool _training = true;

            protected Module(string? name) => _name = string.IsNullOrEmpty(name) ? GetType().Name : name;

            public virtual bool training => _training;

            public string GetName() => _name;

            public virtual void train(bool on = true)
            {
                _training = on;
                foreach (var child in children())
                {
                    child.train(on);
                }
            }

            public virtual void eval() => train(false);

            /// <summary>Names are paths: the names of the modules on the way, joined by dots.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var (name, parameter) in _parameters)
                {
                    if (seen.Add(parameter))
                    {
                        yield return (name, parameter);
                    }
                }

                foreach (var (prefix, child) in recurse ? named_children() : [])
                {
                    foreach (var (name, parameter) in child.named_parameters())
                    {
                        // A module that is used in two places gives its parameters once.
                        if (seen.Add(parameter))
                        {
                            yield return ($"{prefix}.{name}", parameter);
                        }
                    }
                }
            }

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) =>
                Buffers(recurse).Select(entry => (entry.Name, entry.Tensor));

            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _modules.Select(entry => (entry.Key, entry.Value));

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (name, child) in named_children())
                {
                    yield return (name, child);
                    foreach (var (inner, module) in child.named_modules())
                    {
                        yield return ($"{name}.{inner}", module);
                    }
                }
            }

            public IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            public IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(entry => entry.buffer);

            public IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            public IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            public virtual void register_parameter(string name, Parameter? param)
            {
                if (param is not null)
                {
                    _parameters[name] = param;
                }
            }

            /// <param name="persistent">Whether the buffer is part of <see cref="state_dict"/>.</param>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true) =>
                _buffers[name] = (tensor.DetachFromDisposeScope(), persistent);

            public virtual void register_module(string name, Module submodule) => _modules[name] = submodule;

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        gradient?.zero_();
                    }
                }
            }

            /// <summary>Applies an action to all modules inside, then to this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                foreach (var child in children())
                {
                    child.apply(fn);
                }

                fn(this);
                return this;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected internal virtual Module _to(Device device, ScalarType? dtype, bool non_blocking) =>
                Convert(tensor => tensor.to(dtype is { } type && tensor.is_floating_point() ? type : tensor.dtype, device, non_blocking: non_blocking));

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) =>
                Convert(tensor => tensor.is_floating_point() ? tensor.to(dtype, non_blocking: non_blocking) : tensor.alias());

            /// <summary>Registers the parameters, modules and tensors in this object's fields, by the fields' names.</summary>
            protected virtual void RegisterComponents()
            {
                const System.Reflection.BindingFlags Fields =
                    System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;
                foreach (var field in GetType().GetFields(Fields).Where(field => field.DeclaringType != typeof(Module)))
                {
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                        default:
                            break;
                    }
                }
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var tensor in _parameters.Values.Concat<Tensor>(_buffers.Values.Select(buffer => buffer.Tensor)))
                {
                    tensor.Dispose();
                }

                foreach (var module in _modules.Values)
                {
                    module.Dispose();
                }
            }

            /// <summary>Registers a parameter under a new name, or in place of the one that has it; null takes it away.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                {
                    _parameters.Remove(name);
                }
                else
                {
                    _parameters[name] = value;
                }
            }

            /// <summary>Takes all children out, without disposing them.</summary>
            private protected void ForgetChildren() => _modules.Clear();

            /// <summary>A new parameter in place of an old one, which is disposed.</summary>
            private protected void Replace(string name, ref Parameter? field, Parameter? value)
            {
                if (ReferenceEquals(field, value))
                {
                    return;
                }

                field?.Dispose();
                field = value;
                value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, value);
            }

            private IEnumerable<(string Name, Tensor Tensor, bool Persistent)> Buffers(bool recurse)
            {
                foreach (var (name, (tensor, persistent)) in _buffers)
                {
                    yield return (name, tensor, persistent);
                }

                foreach (var (prefix, child) in recurse ? named_children() : [])
                {
                    foreach (var (name, tensor, persistent) in child.Buffers(true))
                    {
                        yield return ($"{prefix}.{name}", tensor, persistent);
                    }
                }
            }

            // The objects stay the same, so that fields and optimizers that hold them need not know.
            private Module Convert(Func<Tensor, Tensor> conversion)
            {
                using var scope = NewDisposeScope();
                using var grad = no_grad();
                foreach (var tensor in parameters().Concat<Tensor>(buffers()))
                {
                    tensor.ReplaceData(conversion(tensor));
                }

                return this;
            }
        }
    }
}
