namespace MigrationTools.Databases.Runs;

/// <summary>A row of the table of runs.</summary>
internal sealed record StoredRun(string RunId, string Plan, string Spec, RunHold Hold);
