using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Uniform numbers from zero up to one.</summary>
    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Ops.rand__generator.Call(size, generator, dtype, Argument.None, InitializeDevice(device)).With(requires_grad);

    public static Tensor rand(params long[] size) => rand(size, null);

    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand(size.ToArray(), dtype, device, requires_grad, generator);

    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand([size], dtype, device, requires_grad, generator);

    /// <summary>Normal numbers of mean zero and variance one.</summary>
    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Ops.randn__generator.Call(size, generator, dtype, Argument.None, InitializeDevice(device)).With(requires_grad);

    public static Tensor randn(params long[] size) => randn(size, null);

    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn(size.ToArray(), dtype, device, requires_grad, generator);

    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn([size], dtype, device, requires_grad, generator);

    /// <summary>Whole numbers from low up to, but without, high.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Ops.randint__low_generator
            .Call(low, high, size, generator, dtype ?? ScalarType.Int64, Argument.None, InitializeDevice(device))
            .With(requires_grad);

    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Ops.randperm__generator.Call(n, generator, dtype ?? ScalarType.Int64, Argument.None, InitializeDevice(device)).With(requires_grad);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.rand_like.Call(input, dtype, Argument.None, device).With(requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Ops.randn_like.Call(input, dtype, Argument.None, device).With(requires_grad);

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => Ops.normal__Tensor_Tensor.Call(mean, std, generator);

    /// <summary>Poisson numbers with the given means.</summary>
    public static Tensor poisson(Tensor input, Generator? generator = null) => Ops.poisson.Call(input, generator);

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => Ops.bernoulli.Call(input, generator);

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        Ops.multinomial.Call(input, num_samples, replacement, generator);

    public partial class Tensor
    {
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.rand_like(this, dtype, device, requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randn_like(this, dtype, device, requires_grad);

        public Tensor uniform_(double from = 0.0, double to = 1.0, Generator? generator = null)
        {
            Ops.uniform_.Run(this, from, to, generator);
            return this;
        }

        public Tensor normal_(double mean = 0.0, double stddev = 1.0, Generator? generator = null)
        {
            Ops.normal_.Run(this, mean, stddev, generator);
            return this;
        }

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            Ops.bernoulli___float.Run(this, p, generator);
            return this;
        }

        public Tensor poisson(Generator? generator = null) => torch.poisson(this, generator);
    }
}
