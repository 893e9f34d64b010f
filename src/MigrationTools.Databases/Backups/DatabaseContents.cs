using System.Globalization;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Backups;

/// <summary>What a database holds, read whole: how many rows each table has, a digest of what is in them, and the structure around them.</summary>
internal sealed class DatabaseContents
{
    private const int MostListed = 10;

    private readonly StructureParts _structure;
    private readonly Dictionary<string, TableFingerprint> _tables;
    private readonly Endpoint _endpoint;
    private readonly DateTimeOffset _at;

    private DatabaseContents(DatabaseSchema schema, DatabaseFingerprint fingerprint, Endpoint endpoint, DateTimeOffset at)
    {
        _structure = new StructureParts(schema);
        _tables = fingerprint.Tables.ToDictionary(table => table.Table, StringComparer.Ordinal);
        _endpoint = endpoint;
        _at = at;
    }

    public static async Task<DatabaseContents> ReadAsync(
        DatabaseCatalog catalog, Endpoint endpoint, TimeProvider time, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var database = catalog.Open(endpoint);
        await using var ofDatabase = database.ConfigureAwait(false);
        var at = time.GetUtcNow();
        var schema = await database.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        return new DatabaseContents(schema, await DatabaseFingerprinter.TakeAsync(database, null, observer, cancellationToken).ConfigureAwait(false), endpoint, at);
    }

    /// <summary>Whether a restored copy holds what the live side holds now, row for row, and is made like it.</summary>
    public static BackupStep Compare(DatabaseContents restored, DatabaseContents live)
    {
        var names = live._tables.Keys.Union(restored._tables.Keys).Order(StringComparer.Ordinal).ToList();
        Evidence[] evidence = [restored.EvidenceOfStructure(live), .. names.Select(name => restored.EvidenceOf(name, live))];
        if (live._tables.Count == 0)
        {
            return new BackupStep(Verdict.Inconclusive, "the live side has no table, so there is nothing to hold the restored copy against")
            {
                Remedy = "Correct the spec: the backup is of another system or side.",
                Evidence = evidence,
            };
        }

        var differences = names.Select(name => Difference(name, restored, live)).OfType<string>().ToList();
        return differences.Count == 0
            ? CompareStructure(restored, live, $"the {names.Count} tables and {restored._tables.Values.Sum(table => table.Rows)} rows that its system has now") with { Evidence = evidence }
            : new BackupStep(Verdict.Failed, $"restored, it does not hold what its system has now: {List(differences)}")
            {
                Remedy = "Stop the writers of the system and make a new backup: a restore of this one would lose what was written since.",
                Evidence = evidence,
            };
    }

    private static BackupStep CompareStructure(DatabaseContents restored, DatabaseContents live, string held)
    {
        var lacks = restored._structure.MissingOrNew(live._structure);
        var made = restored._structure.MadeOtherwise(live._structure);
        if (lacks.Count + made.Count == 0)
        {
            return new BackupStep(Verdict.Passed, $"restored, it holds {held}");
        }

        // PostgreSQL may write an expression in other words once it went through a dump: what reads otherwise there can still be the same.
        return new BackupStep(
            lacks.Count > 0 || live._endpoint.Scheme == "sqlite" ? Verdict.Failed : Verdict.Inconclusive,
            $"restored, it holds the rows that its system has now, in another structure: {List([.. lacks, .. made])}")
        {
            Remedy = "Make a new backup of the whole database, structure and rows: a restore of this one would not be what its system is now.",
        };
    }

    private Evidence EvidenceOfStructure(DatabaseContents live) => new("structure, restored", _structure.ToString(), _at)
    {
        Endpoint = live._endpoint.Redacted,
        Expected = live._structure.ToString(),
    };

    private Evidence EvidenceOf(string table, DatabaseContents live) => new($"every row of {table}, restored", Text(table), _at)
    {
        Endpoint = live._endpoint.Redacted,
        Expected = live.Text(table),
    };

    private string Text(string table) => _tables.TryGetValue(table, out var known)
        ? string.Create(CultureInfo.InvariantCulture, $"{known.Rows} rows, digest {known.Digest}")
        : "no such table";

    private static string? Difference(string name, DatabaseContents restored, DatabaseContents live)
    {
        if (!restored._tables.TryGetValue(name, out var held))
        {
            return $"{name} is missing ({live._tables[name].Rows} rows)";
        }

        if (!live._tables.TryGetValue(name, out var known))
        {
            return $"{name} is not a table of the live side";
        }

        return held.Rows != known.Rows ? $"{name} has {held.Rows} rows, the live side {known.Rows}"
            : held.Digest != known.Digest ? $"{name} has other values in its {held.Rows} rows"
            : null;
    }

    private static string List(List<string> differences) =>
        string.Join("; ", differences.Take(MostListed)) + (differences.Count > MostListed ? $" and {differences.Count - MostListed} more" : "");
}
