using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>Lists the objects of a schema.</summary>
internal static class SchemaObjects
{
    public static IReadOnlyList<SchemaObject> Of(DatabaseSchema schema) =>
    [
        .. schema.Tables.Select(table => new SchemaObject("table", table.Name.Schema, table.Name.Name)),
        .. schema.Views.Select(view => new SchemaObject("view", view.Name.Schema, view.Name.Name)),
        .. schema.Sequences.Select(sequence => new SchemaObject("sequence", null, sequence)),
        .. schema.Others.Select(other => new SchemaObject(other.Kind, null, other.Name)),
    ];

    /// <summary>What was not there before, without the table of the tool's own progress.</summary>
    public static IReadOnlyList<SchemaObject> Created(DatabaseSchema schema, IEnumerable<SchemaObject> before) => [.. Of(schema).Except(before).Where(item => item is not { Kind: "table", Name: TablePairing.ProgressTable })];

    /// <summary>The <c>objects</c> of a journalled prior state.</summary>
    public static IReadOnlyList<SchemaObject> Read(JsonObject prior) =>
        prior["objects"].Deserialize<List<SchemaObject>>(MigrationJson.Line) ?? [];

    /// <summary>The <c>created</c> of what the step that made them observed; null where it did not come to that.</summary>
    public static IReadOnlyList<SchemaObject>? ReadCreated(JsonObject observed) =>
        observed["created"].Deserialize<List<SchemaObject>>(MigrationJson.Line);
}
