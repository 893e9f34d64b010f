namespace MigrationTools.Tests.Runs;

/// <summary>The process dies here: nothing in the engine may catch it.</summary>
internal sealed class SimulatedCrash : Exception
{
}
