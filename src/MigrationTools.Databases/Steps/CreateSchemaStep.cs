using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Makes the target's schema in one transaction. Prior: <c>existed</c> (whether there was a database) and <c>objects</c>, the names of
/// all that was there. Data: <c>created</c>, the names of what was made.
/// </summary>
public sealed class CreateSchemaStep(DatabaseCatalog catalog, TimeProvider time) : DatabaseStep(catalog)
{
    public override string Verb => DatabaseStepNames.CreateSchema;

    protected override async Task<JsonObject> CaptureAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var existed = await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false);
        var schema = existed ? await databases.Target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false) : new DatabaseSchema();
        return new JsonObject { ["existed"] = existed, ["objects"] = JsonSerializer.SerializeToNode(SchemaObjects.Of(schema), MigrationJson.Line) };
    }

    protected override async Task<StepObservation> ExecuteAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        var before = SchemaObjects.Read(context.Prior);
        var beforeText = SchemaText.Of(await SchemaBeforeAsync(databases, context, cancellationToken).ConfigureAwait(false), before);
        var session = await databases.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        var statements = Statements(context);
        foreach (var sql in statements)
        {
            await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }

        var after = await session.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        if (SchemaText.Of(after, before) != beforeText)
        {
            await session.RollbackAsync(cancellationToken).ConfigureAwait(false);
            throw new InvalidRequestException(
                $"{databases.Target.Endpoint}: the scripts change objects that were there before, which a rollback of this run could not undo. The transaction was rolled back. Apply such scripts before the migration, or migrate into a fresh database.");
        }

        await SchemaMark.WriteAsync(session, databases.Target.Dialect, context, cancellationToken).ConfigureAwait(false);
        await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        return Observe(databases, after, before, statements.Count);
    }

    protected override async Task<EffectReport> LookAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken)
    {
        if (!await databases.Target.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return new EffectReport(Effect.NotApplied, "there is no database");
        }

        var schema = await databases.Target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        var before = SchemaObjects.Read(context.Prior);
        var created = SchemaObjects.Created(schema, before);

        // One transaction made it all or nothing, and its mark with it.
        return await SchemaMark.IsThereAsync(databases.Target, context, cancellationToken).ConfigureAwait(false)
                ? new EffectReport(Effect.Applied, $"{created.Count} objects were made") { Observation = Observe(databases, schema, before, Statements(context).Count) }
            : created.Count == 0 ? new EffectReport(Effect.NotApplied, "nothing was made")
            : new EffectReport(Effect.Unknown, $"{databases.Target.Endpoint} has objects that were not there before and that this step did not make: {string.Join(", ", created.Take(10).Select(item => $"{item.Kind} {item.Name}"))}. Somebody else made them; move them elsewhere, then resume the run");
    }

    private StepObservation Observe(DatabasePair databases, DatabaseSchema schema, IReadOnlyList<SchemaObject> before, int statements)
    {
        var created = SchemaObjects.Created(schema, before);
        return new StepObservation($"{created.Count} objects were made: {string.Join(", ", created.GroupBy(item => item.Kind).Select(group => $"{group.Count()} {group.Key}{(group.Count() == 1 ? "" : "s")}"))}")
        {
            Evidence =
            [
                new Evidence($"{statements} scripts or statements in one transaction, then the schema read back", string.Join(", ", created.Select(item => item.Name)), time.GetUtcNow())
                {
                    Endpoint = databases.Target.Endpoint.Redacted,
                },
            ],
            Data = new JsonObject { ["created"] = JsonSerializer.SerializeToNode(created, MigrationJson.Line) },
        };
    }

    private static async Task<DatabaseSchema> SchemaBeforeAsync(DatabasePair databases, StepContext context, CancellationToken cancellationToken) =>
        (bool?)context.Prior["existed"] == true
            ? await databases.Target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false)
            : new DatabaseSchema();

    private static List<string> Statements(StepContext context) =>
        context.Action.Parameters["statements"]!.AsArray().Select(node => node!.GetValue<string>()).ToList();
}
