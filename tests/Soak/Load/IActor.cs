namespace InferenceBridge.Soak.Load;

/// <summary>Does one thing to a server, again and again, and checks what must come of it.</summary>
internal interface IActor
{
    string Name { get; }

    /// <summary>Once. What it throws fails the soak.</summary>
    Task ActAsync(Random random, CancellationToken cancellation);
}
