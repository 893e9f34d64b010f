namespace MigrationTools.Hosting.Tests;

/// <summary>The process dies here: nothing may catch it.</summary>
internal sealed class SimulatedCrash : Exception
{
}
