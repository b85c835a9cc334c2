using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;

namespace InferenceBridge.Server.Jobs;

/// <summary>How a tensor job will run.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Needs">What it asked for.</param>
/// <param name="Tiles">How the stacks are cut.</param>
/// <param name="Spools">True where the image goes to scratch first.</param>
/// <param name="WindowPlanes">Planes that the window holds at most.</param>
/// <param name="Memory">Memory that it is predicted to take.</param>
internal sealed record JobPlan(
    ITensorOperation Operation, TensorJobPlan Needs, TilePlan Tiles, bool Spools, long WindowPlanes, JobMemory Memory);
