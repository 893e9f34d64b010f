using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Backups;

/// <summary>The tables of a database and the exact number of rows of each, in one consistent snapshot.</summary>
internal sealed record TableRows(IReadOnlyDictionary<TableName, (long Rows, Evidence Evidence)> Tables)
{
    public static async Task<TableRows> OfAsync(IDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        var schema = await database.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var look = await Look.OpenAsync(database, time, cancellationToken).ConfigureAwait(false);
        await using var ofLook = look.ConfigureAwait(false);
        var tables = new Dictionary<TableName, (long, Evidence)>();
        foreach (var table in schema.Tables)
        {
            tables[table.Name] = await look.CountRowsAsync(table.Name, cancellationToken).ConfigureAwait(false);
        }

        return new TableRows(tables);
    }

    /// <summary>Whether a restored copy holds what the live side holds now.</summary>
    public static BackupStep Compare(TableRows restored, TableRows live)
    {
        var evidence = restored.Tables
            .OrderBy(table => table.Key.ToString(), StringComparer.Ordinal)
            .Select(table => table.Value.Evidence with
            {
                Expected = live.Tables.TryGetValue(table.Key, out var known) ? known.Evidence.Observed : "not a table of the live side",
            })
            .ToList();
        if (live.Tables.Count == 0)
        {
            return new BackupStep(Verdict.Inconclusive, "the live side has no table, so there is nothing to hold the restored copy against")
            {
                Remedy = "Correct the spec: the backup is of another system or side.",
                Evidence = evidence,
            };
        }

        var differences = live.Tables.Keys.Union(restored.Tables.Keys)
            .OrderBy(name => name.ToString(), StringComparer.Ordinal)
            .Select(name => Difference(name, restored, live))
            .OfType<string>()
            .ToList();
        var rows = restored.Tables.Values.Sum(table => table.Rows);
        return differences.Count == 0
            ? new BackupStep(Verdict.Passed, $"restored, it holds the {restored.Tables.Count} tables and {rows} rows that its system has now") { Evidence = evidence }
            : new BackupStep(Verdict.Failed, $"restored, it does not hold what its system has now: {string.Join("; ", differences.Take(10))}{(differences.Count > 10 ? $" and {differences.Count - 10} more" : "")}")
            {
                Remedy = "Stop the writers of the system and make a new backup: a restore of this one would lose what was written since.",
                Evidence = evidence,
            };
    }

    private static string? Difference(TableName name, TableRows restored, TableRows live) => (restored.Tables.TryGetValue(name, out var held), live.Tables.TryGetValue(name, out var known)) switch
    {
        (false, _) => $"{name} is missing ({known.Rows} rows)",
        (_, false) => $"{name} is not a table of the live side",
        _ => held.Rows == known.Rows ? null : $"{name} has {held.Rows} rows, the live side {known.Rows}",
    };
}
