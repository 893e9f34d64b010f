using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Steps;

/// <summary>All of them, for the composition root.</summary>
public static class TrafficSteps
{
    public static IReadOnlyList<IStepAction> All(TrafficCatalog catalog, TrafficProof proof, TimeProvider time) =>
    [
        new ShiftStep(catalog, proof, time),
        new ReturnStep(catalog, proof, time),
        MirrorStep.Begin(catalog, time),
        MirrorStep.End(catalog, time),
        MemberStep.Drain(catalog, time),
        MemberStep.Undrain(catalog, time),
    ];
}
