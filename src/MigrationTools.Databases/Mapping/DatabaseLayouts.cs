using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Schema;
using MigrationTools.Databases.Scripts;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Mapping;

/// <summary>Resolves database systems of a spec against what is really there.</summary>
public sealed class DatabaseLayouts(DatabaseCatalog catalog)
{
    /// <summary>
    /// The layout before the target's schema is made. What scripts would make is found by running them in a transaction that is
    /// rolled back (or on a scratch file, where there is no target yet).
    /// </summary>
    public async Task<DatabaseLayout> ResolvePlannedAsync(DatabaseSystemSpec system, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        var source = catalog.Open(system.Source);
        await using var disposeSource = source.ConfigureAwait(false);
        var target = catalog.Open(system.Target);
        await using var disposeTarget = target.ConfigureAwait(false);

        var sourceSchema = await source.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var exists = await target.ExistsAsync(cancellationToken).ConfigureAwait(false);
        var now = exists ? await target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false) : new DatabaseSchema();
        var (planned, change) = system.Scripts is null
            ? Convert(system, sourceSchema, now, source.Dialect, target.Dialect)
            : await RehearseAsync(system, target, exists, cancellationToken).ConfigureAwait(false);
        return new DatabaseLayout
        {
            System = system,
            Source = sourceSchema,
            TargetNow = now,
            TargetPlanned = planned,
            Change = change,
            Pairing = TablePairing.Resolve(system, sourceSchema, planned, source.Dialect.Name),
        };
    }

    /// <summary>The layout on a target whose schema stands.</summary>
    public async Task<DatabaseLayout> ResolveAsync(DatabaseSystemSpec system, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        var source = catalog.Open(system.Source);
        await using var disposeSource = source.ConfigureAwait(false);
        var target = catalog.Open(system.Target);
        await using var disposeTarget = target.ConfigureAwait(false);

        var (sourceSchema, now) = await BothSides.AskAsync(source.ReadSchemaAsync, target.ReadSchemaAsync, cancellationToken).ConfigureAwait(false);
        return new DatabaseLayout
        {
            System = system,
            Source = sourceSchema,
            TargetNow = now,
            TargetPlanned = now,
            Pairing = TablePairing.Resolve(system, sourceSchema, now, source.Dialect.Name),
        };
    }

    private static (DatabaseSchema Planned, SchemaChange? Change) Convert(
        DatabaseSystemSpec system, DatabaseSchema source, DatabaseSchema now, ISqlDialect sourceDialect, ISqlDialect target)
    {
        var missing = MissingTables.Of(system, source, now);
        if (missing.Tables.Count == 0)
        {
            return (now, null);
        }

        var conversion = SchemaConverter.Convert(source, sourceDialect, target, missing);
        var change = new SchemaChange(
            "converted from the source",
            SchemaDdl.Statements(conversion, target),
            [.. conversion.LeftBehind.Select(left => $"{left.Kind} {left.Name}: {left.Reason}")]);
        return (now with { Tables = [.. now.Tables.Concat(conversion.Tables)] }, change);
    }

    private async Task<(DatabaseSchema Planned, SchemaChange Change)> RehearseAsync(
        DatabaseSystemSpec system, IDatabase target, bool exists, CancellationToken cancellationToken)
    {
        var scripts = ScriptDirectory.Read(system.Scripts!, target.Dialect.Name);
        var texts = new List<string>();
        foreach (var script in scripts)
        {
            var sql = await File.ReadAllTextAsync(script.File, cancellationToken).ConfigureAwait(false);
            ScriptGuard.Check(script.File, sql);
            texts.Add(sql);
        }

        var change = new SchemaChange(string.Join(", ", scripts.Select(script => script.Name)), texts, []);
        if (exists)
        {
            return (await RehearseOnAsync(target, system, scripts, texts, cancellationToken).ConfigureAwait(false), change);
        }

        // Only a file can be a target that is not there yet; looking must not create it.
        var scratchFile = Path.Combine(Path.GetTempPath(), $"migrationtools-{Guid.NewGuid():N}.db");
        try
        {
            var scratch = catalog.Open(Endpoint.Parse("sqlite:" + scratchFile, Path.GetTempPath()));
            await using var disposeScratch = scratch.ConfigureAwait(false);
            return (await RehearseOnAsync(scratch, system, scripts, texts, cancellationToken).ConfigureAwait(false), change);
        }
        finally
        {
            File.Delete(scratchFile);
        }
    }

    private static async Task<DatabaseSchema> RehearseOnAsync(
        IDatabase database, DatabaseSystemSpec system, IReadOnlyList<VersionedScript> scripts, List<string> texts, CancellationToken cancellationToken)
    {
        var session = await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < texts.Count; index++)
        {
            try
            {
                await session.ExecuteAsync(texts[index], [], cancellationToken).ConfigureAwait(false);
            }
            catch (DatabaseException e) when (e.ErrorId == ErrorIds.DatabaseError)
            {
                throw new InvalidRequestException(
                    $"{scripts[index].File}: the script fails on {system.Target} (tried in a transaction that was rolled back): {e.Message}", e);
            }
        }

        var schema = await session.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        await session.RollbackAsync(cancellationToken).ConfigureAwait(false);
        return schema;
    }
}
