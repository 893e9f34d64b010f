using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Drops what the run was seen to make in the target: foreign keys first, then views, tables and the rest, in one transaction. What somebody else has made there since stays.
/// Where the run was cut off before it saw what it had made, that is all that was not there before. A SQLite file that the run itself made is removed.
/// </summary>
public sealed class DropCreatedStep(DatabaseCatalog catalog) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.DropCreated;

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var target = databases.Target;
        if (!await target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new StepObservation("there is no database any more: nothing to drop");
        }

        if ((bool?)context.Prior["existed"] == false)
        {
            await target.RemoveAsync(cancellationToken).ConfigureAwait(false);
            return new StepObservation("the database that the run had made was removed");
        }

        var schema = await target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var created = Made(schema, context).ToHashSet();
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        // SQLite would check the rows of every other table at each drop.
        await ForeignKeyEnforcement.TurnOffAsync(session, target.Dialect, cancellationToken).ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        foreach (var sql in Drops(schema, created, target.Dialect))
        {
            await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }

        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new StepObservation(created.Count == 0 ? "nothing was there to drop" : $"dropped {created.Count} objects: {string.Join(", ", created.Select(item => item.Name))}");
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new EffectReport(Effect.Applied, "there is no database");
        }

        if ((bool?)context.Prior["existed"] == false)
        {
            return new EffectReport(Effect.NotApplied, "the database that the run had made is still there");
        }

        var left = Made(await databases.Target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false), context).ToList();
        return left.Count == 0
            ? new EffectReport(Effect.Applied, "nothing is left of what was made")
            : new EffectReport(Effect.Partial, $"still there: {string.Join(", ", left.Select(item => $"{item.Kind} {item.Name}"))}") { Continuable = true };
    }

    private static IEnumerable<SchemaObject> Made(DatabaseSchema schema, StepContext context)
    {
        var added = SchemaObjects.Of(schema).Except(SchemaObjects.Read(context.Prior));
        var seen = context.Observed.TryGetValue(context.Step.Id, out var observed) ? SchemaObjects.ReadCreated(observed) : null;
        return seen is null ? added : added.Where(item => seen.Contains(item) || item is { Kind: "table", Name: TablePairing.ProgressTable });
    }

    private static IEnumerable<string> Drops(DatabaseSchema schema, HashSet<SchemaObject> created, ISqlDialect dialect)
    {
        var tables = schema.Tables.Where(table => created.Contains(new SchemaObject("table", table.Name.Schema, table.Name.Name))).ToList();
        foreach (var view in schema.Views.Where(view => created.Contains(new SchemaObject("view", view.Name.Schema, view.Name.Name))))
        {
            yield return $"drop view {dialect.Quote(view.Name)}";
        }

        foreach (var table in tables)
        {
            foreach (var sql in table.ForeignKeys.Select(key => dialect.DropForeignKey(table.Name, key)).OfType<string>())
            {
                yield return sql;
            }
        }

        foreach (var table in tables)
        {
            yield return dialect.DropTable(table.Name);
        }

        foreach (var sequence in created.Where(item => item.Kind == "sequence"))
        {
            var dot = sequence.Name.IndexOf('.', StringComparison.Ordinal);
            yield return $"drop sequence {(dot < 0 ? dialect.Quote(sequence.Name) : dialect.Quote(new TableName(sequence.Name[..dot], sequence.Name[(dot + 1)..])))}";
        }
    }
}
