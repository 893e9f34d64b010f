using MigrationTools.Databases.Copying;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Drops what the run was seen to make in the target: foreign keys first, then views, tables and the rest, in one transaction. What somebody else has made there since stays.
/// Where the run was cut off before it saw what it had made, its mark tells whether that is what was not there before (<see cref="SchemaMark"/>). A SQLite file that the run itself made is removed, unless others have made something in it.
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

        var schema = await target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var (created, others) = await DivideAsync(target, schema, context, cancellationToken).ConfigureAwait(false);
        if ((bool?)context.Prior["existed"] == false && others.Count == 0)
        {
            await target.RemoveAsync(cancellationToken).ConfigureAwait(false);
            return new StepObservation("the database that the run had made was removed");
        }

        await DropAsync(target, schema, created, cancellationToken).ConfigureAwait(false);

        // Not before: of what is there without it, nobody would know that it is the run's.
        await SchemaMark.RemoveAsync(target, context, cancellationToken).ConfigureAwait(false);
        await CopyProgress.RemoveAsync(target, CopyStep.CopyIdOf(context), cancellationToken).ConfigureAwait(false);

        // What hung on the dropped, such as a trigger, went with it.
        if ((bool?)context.Prior["existed"] == false && SchemaObjects.Created(await target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false), []).Count == 0)
        {
            await target.RemoveAsync(cancellationToken).ConfigureAwait(false);
            return new StepObservation("the database that the run had made was removed");
        }

        return new StepObservation((created.Count == 0 ? "nothing of the run was there to drop" : $"dropped {created.Count} objects: {string.Join(", ", created.Select(item => item.Name))}")
            + (others.Count == 0 ? "" : $"; what others made stays: {string.Join(", ", others.Take(10).Select(item => item.Name))}"));
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new EffectReport(Effect.Applied, "there is no database");
        }

        var (left, others) = await DivideAsync(databases.Target, await databases.Target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false), context, cancellationToken).ConfigureAwait(false);
        if ((bool?)context.Prior["existed"] == false && others.Count == 0)
        {
            return new EffectReport(Effect.NotApplied, "the database that the run had made is still there");
        }

        return left.Count == 0
            ? new EffectReport(Effect.Applied, "nothing is left of what was made")
            : new EffectReport(Effect.Partial, $"still there: {string.Join(", ", left.Select(item => $"{item.Kind} {item.Name}"))}") { Continuable = true };
    }

    /// <summary>What was not there before, as the run's own and as others': the run's is what it was seen to make, or, where it was cut off before it saw that, what its mark speaks for.</summary>
    private static async Task<(HashSet<SchemaObject> Own, IReadOnlyList<SchemaObject> Others)> DivideAsync(
        IDatabase target, DatabaseSchema schema, StepContext context, CancellationToken cancellationToken)
    {
        var added = SchemaObjects.Created(schema, SchemaObjects.Read(context.Prior));
        var seen = context.Observed.TryGetValue(context.Step.Id, out var observed) ? SchemaObjects.ReadCreated(observed) : null;
        var isMarked = seen is null && await SchemaMark.IsThereAsync(target, context, cancellationToken).ConfigureAwait(false);
        var own = added.Where(item => isMarked || seen?.Contains(item) == true).ToHashSet();
        return (own, [.. added.Where(item => !own.Contains(item))]);
    }

    private static async Task DropAsync(IDatabase target, DatabaseSchema schema, HashSet<SchemaObject> created, CancellationToken cancellationToken)
    {
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
