using System.Text.Json.Nodes;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>The tables of a source that a step is about, as its parameter <c>tables</c>: a list of <c>{ schema, name }</c>, so that the plan shows each.</summary>
internal static class SourceTables
{
    public static void Write(JsonObject parameters, IEnumerable<TableName> tables) =>
        parameters["tables"] = new JsonArray([.. tables.Select(table => (JsonNode)new JsonObject { ["schema"] = table.Schema, ["name"] = table.Name })]);

    public static IReadOnlyList<TableName> Read(JsonObject parameters) =>
        [.. parameters["tables"]!.AsArray().Select(table => new TableName((string?)table!["schema"], (string)table["name"]!))];

    /// <summary>Those of them that are not there.</summary>
    public static async Task<IReadOnlyList<TableName>> MissingAsync(IDatabase source, IReadOnlyList<TableName> tables, CancellationToken cancellationToken)
    {
        if (!await source.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return tables;
        }

        var there = (await source.ReadSchemaAsync(cancellationToken).ConfigureAwait(false)).Tables.Select(table => table.Name).ToHashSet();
        return [.. tables.Where(table => !there.Contains(table))];
    }

    /// <summary>For a line of a plan, whose parameters have them all.</summary>
    public static string Few(IReadOnlyList<TableName> tables) =>
        tables.Count <= 8 ? $"the {(tables.Count == 1 ? "table" : "tables")} {Names(tables)}" : $"{tables.Count} tables ({Names(tables.Take(7))} and {tables.Count - 7} more)";

    public static string Names(IEnumerable<TableName> tables) => string.Join(", ", tables);
}
