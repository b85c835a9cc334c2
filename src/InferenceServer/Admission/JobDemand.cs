namespace InferenceBridge.Server.Admission;

/// <summary>A job that asks for a place.</summary>
/// <param name="Client">Whose job it is.</param>
/// <param name="Memory">Memory that it is predicted to take.</param>
/// <param name="Fraction">Tells how much of it is done, from 0 to 1; called on any thread.</param>
internal sealed record JobDemand(string Client, JobMemory Memory, Func<double> Fraction);
