using System.Text.Json;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>The structure of some of a schema's objects as one text: equal texts mean that nothing of them was changed.</summary>
internal static class SchemaText
{
    public static string Of(DatabaseSchema schema, IReadOnlyList<SchemaObject> only)
    {
        var names = only.ToHashSet();
        return JsonSerializer.Serialize(
            new
            {
                // The server's guess of rows is no structure.
                Tables = schema.Tables.Where(table => names.Contains(new SchemaObject("table", table.Name.Schema, table.Name.Name))).Select(table => table with { EstimatedRows = null }),
                Views = schema.Views.Where(view => names.Contains(new SchemaObject("view", view.Name.Schema, view.Name.Name))),
                Sequences = schema.Sequences.Where(sequence => names.Contains(new SchemaObject("sequence", null, sequence))),
                Others = schema.Others.Where(other => names.Contains(new SchemaObject(other.Kind, null, other.Name))),
            },
            MigrationJson.Line);
    }
}
