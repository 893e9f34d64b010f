using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Readiness;

/// <summary>Whether the tables that the migration fills are absent or empty: rows that are already there would be mixed with the source's.</summary>
public sealed class TargetStateCheck(DatabaseCatalog catalog, ITablePairSource pairs, TimeProvider time) : IReadinessCheck
{
    public string Category => "target";

    public async IAsyncEnumerable<CheckResult> RunAsync(
        MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (var side in DatabaseSide.Of(spec).Where(side => side.Side == EndpointSide.Target))
        {
            var question = new ReadinessQuestion($"target:{side.System.Name}", $"the tables to fill in {side.System.Name} are absent or empty", Category)
            {
                System = side.System.Name,
                RemedyOnError = $"Make {side.Endpoint} and the source readable first.",
            };
            yield return await question.AskAsync(spec, time, token => side.AskAsync(catalog, database => LookAsync(side, database, token)), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<ReadinessAnswer> LookAsync(DatabaseSide side, IDatabase database, CancellationToken cancellationToken)
    {
        if (side.File is { } file && !File.Exists(file))
        {
            return new ReadinessAnswer(Verdict.Passed, "there is no file yet")
            {
                Evidence = [side.SeenOfFile($"file {file}", "is not there", time)],
            };
        }

        var tables = (await pairs.GetAsync(side.System, cancellationToken).ConfigureAwait(false)).Select(pair => pair.Target.Name).Distinct().ToList();
        if (tables.Count == 0)
        {
            return new ReadinessAnswer(Verdict.Inconclusive, "the spec takes no table, so there is nothing to fill")
            {
                Remedy = $"Correct tables: and map: of {side.System.Name} so that at least one table is taken.",
            };
        }

        return await CountAsync(side, database, tables, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReadinessAnswer> CountAsync(DatabaseSide side, IDatabase database, List<TableName> tables, CancellationToken cancellationToken)
    {
        var schema = await database.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var look = await Look.OpenAsync(database, time, cancellationToken).ConfigureAwait(false);
        await using var ofLook = look.ConfigureAwait(false);
        var evidence = new List<Evidence>();
        var filled = new List<string>();
        var absent = 0;
        foreach (var name in tables)
        {
            // A name without a schema may mean any table of that name: all of them must be empty.
            var found = schema.Tables.Where(table => table.Name.Name == name.Name && (name.Schema is null || table.Name.Schema == name.Schema)).ToList();
            if (found.Count == 0)
            {
                absent++;
                evidence.Add(look.Seen($"table {name}", "is not there") with { Expected = "absent or 0 rows" });
            }

            foreach (var table in found)
            {
                var (rows, seen) = await look.CountRowsAsync(table.Name, cancellationToken).ConfigureAwait(false);
                evidence.Add(seen with { Expected = "absent or 0 rows" });
                if (rows > 0)
                {
                    filled.Add(string.Create(CultureInfo.InvariantCulture, $"{table.Name} ({rows} rows)"));
                }
            }
        }

        return filled.Count == 0
            ? new ReadinessAnswer(Verdict.Passed, $"of {tables.Count} tables {absent} are absent and {tables.Count - absent} are empty") { Evidence = evidence }
            : new ReadinessAnswer(Verdict.Failed, $"not empty: {string.Join(", ", filled)}")
            {
                Remedy = $"Save what is in these tables of {side.Endpoint} if it is needed, and empty them; or name another target.",
                Evidence = evidence,
            };
    }
}
