using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// One step of Adam (Kingma and Ba, 2015) or AdamW (Loshchilov and Hutter, 2019). Each operator runs over all parameters in
/// one call: a network has many small ones, for which calls cost more than arithmetic.
/// </summary>
internal static class AdamStep
{
    /// <param name="decoupled">Whether the weights decay by themselves (AdamW), and not by their gradients (Adam).</param>
    internal static void Run(IEnumerable<(Parameter Parameter, AdamState State)> entries, AdamOptions options, bool decoupled)
    {
        var ready = new List<(Parameter Parameter, AdamState State, Tensor Gradient)>();
        foreach (var (parameter, state) in entries)
        {
            if (parameter.grad is { } gradient)
            {
                state.step++;
                ready.Add((parameter, state, gradient));
            }
        }

        // A parameter that had no gradient in some step lags behind; those with equal counts go together.
        foreach (var group in ready.GroupBy(entry => entry.State.step))
        {
            Tensor[] parameters = [.. group.Select(entry => entry.Parameter)];
            Tensor[] gradients = [.. group.Select(entry => entry.Gradient)];
            Run(parameters, gradients, [.. group.Select(entry => entry.State)], group.Key, options, decoupled);
        }
    }

    private static void Run(Tensor[] parameters, Tensor[] gradients, AdamState[] states, long step, AdamOptions options, bool decoupled)
    {
        var (rate, decay) = (options.LearningRate!.Value, options.weight_decay!.Value);
        var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
        if (options.maximize!.Value)
        {
            gradients = Ops._foreach_neg.CallList(gradients);
        }

        if (decay != 0 && decoupled)
        {
            Ops._foreach_mul___Scalar.Run(parameters, 1 - (rate * decay));
        }
        else if (decay != 0)
        {
            gradients = Ops._foreach_add__List.CallList(gradients, parameters, decay);
        }

        Tensor[] means = [.. states.Select(state => state.exp_avg)];
        Tensor[] squares = [.. states.Select(state => state.exp_avg_sq)];
        Ops._foreach_mul___Scalar.Run(means, beta1);
        Ops._foreach_add___List.Run(means, gradients, 1 - beta1);
        Ops._foreach_mul___Scalar.Run(squares, beta2);
        Ops._foreach_addcmul___Scalar.Run(squares, gradients, gradients, 1 - beta2);

        var deviations = Ops._foreach_sqrt.CallList(options.amsgrad!.Value ? Largest(states) : squares);
        Ops._foreach_div___Scalar.Run(deviations, Math.Sqrt(1 - Math.Pow(beta2, step)));
        Ops._foreach_add___Scalar.Run(deviations, options.eps!.Value);
        Ops._foreach_addcdiv___Scalar.Run(parameters, means, deviations, -rate / (1 - Math.Pow(beta1, step)));
    }

    private static Tensor[] Largest(AdamState[] states)
    {
        var result = new Tensor[states.Length];
        for (var i = 0; i < states.Length; i++)
        {
            result[i] = states[i].max_exp_avg_sq!;
            using var larger = maximum(result[i], states[i].exp_avg_sq);
            result[i].copy_(larger);
        }

        return result;
    }
}
