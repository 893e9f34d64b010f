using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>The SQL that makes a converted schema, as it is shown before it is run and as it is run.</summary>
public static class SchemaDdl
{
    /// <summary>
    /// Statements in an order that works on an empty target: schemas, tables, indexes, then foreign keys (where the engine can't add
    /// these later they stand in CREATE TABLE). One statement an item, without a closing semicolon.
    /// </summary>
    public static IReadOnlyList<string> Statements(SchemaConversion conversion, ISqlDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        ArgumentNullException.ThrowIfNull(dialect);
        var traits = EngineTraits.Of(dialect);
        var statements = new List<string>();
        statements.AddRange(conversion.Tables
            .Select(table => table.Name.Schema)
            .OfType<string>()
            .Where(schema => schema != traits.DefaultSchema)
            .Distinct(StringComparer.Ordinal)
            .Select(schema => $"CREATE SCHEMA IF NOT EXISTS {dialect.Quote(schema)}"));
        statements.AddRange(conversion.Tables.Select(dialect.CreateTable));
        foreach (var table in conversion.Tables)
        {
            statements.AddRange(table.Indexes.Select(index => index.Definition ?? dialect.CreateIndex(table.Name, index)));
        }

        if (!traits.ForeignKeysInline)
        {
            foreach (var table in conversion.Tables)
            {
                statements.AddRange(table.ForeignKeys.Select(key => dialect.AddForeignKey(table.Name, key)).OfType<string>());
            }
        }

        return statements;
    }
}
