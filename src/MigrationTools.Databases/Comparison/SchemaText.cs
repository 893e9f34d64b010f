using System.Globalization;
using System.Text;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison;

/// <summary>
/// A structure as text in one fixed form: two structures are the same exactly where their texts are. Every value is on a
/// line of its own with its length before it, so that no name can forge another line. Estimates are left out: they are guesses and change by themselves.
/// </summary>
internal sealed class SchemaText
{
    private readonly StringBuilder _text = new();

    public static string Of(IEnumerable<TableSchema> tables, DatabaseSchema schema)
    {
        var text = new SchemaText();
        foreach (var table in tables.OrderBy(table => table.Name.ToString(), StringComparer.Ordinal))
        {
            text.Add(table);
        }

        foreach (var view in schema.Views.OrderBy(view => view.Name.ToString(), StringComparer.Ordinal))
        {
            text.Line("view", view.Name.Schema, view.Name.Name, view.Definition);
        }

        foreach (var sequence in schema.Sequences.Order(StringComparer.Ordinal))
        {
            text.Line("sequence", sequence);
        }

        foreach (var other in schema.Others.OrderBy(other => other.Kind, StringComparer.Ordinal).ThenBy(other => other.Name, StringComparer.Ordinal).ThenBy(other => other.Definition, StringComparer.Ordinal))
        {
            text.Line("other", other.Kind, other.Name, other.Definition);
        }

        return text._text.ToString();
    }

    private void Add(TableSchema table)
    {
        Line("table", table.Name.Schema, table.Name.Name);
        foreach (var column in table.Columns)
        {
            Line("column", column.Name, column.ServerType, Flag(column.Nullable), column.Default, Flag(column.Identity), Flag(column.IdentityAlways), Flag(column.Autoincrement), Flag(column.Generated), column.Collation);
        }

        if (table.PrimaryKey is { } primary)
        {
            Line("primary key", [primary.Name, .. primary.Columns, .. Flags(primary)]);
        }

        foreach (var unique in table.UniqueKeys.OrderBy(key => string.Join('\0', key.Columns), StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal))
        {
            Line("unique", [unique.Name, .. unique.Columns, .. Flags(unique)]);
        }

        foreach (var key in table.ForeignKeys.OrderBy(key => string.Join('\0', key.Columns), StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal))
        {
            Line("foreign key", [key.Name, .. key.Columns, "references", key.References.Schema, key.References.Name, .. key.ReferencedColumns, key.OnDelete, key.OnUpdate, Flag(key.Deferrable), Flag(key.InitiallyDeferred), Flag(key.MatchFull)]);
        }

        foreach (var index in table.Indexes.OrderBy(index => index.Name, StringComparer.Ordinal))
        {
            Line("index", [index.Name, .. index.Columns, Flag(index.Unique), index.Where, index.Definition]);
        }

        foreach (var check in table.Checks.OrderBy(check => check.Expression, StringComparer.Ordinal).ThenBy(check => check.Name, StringComparer.Ordinal))
        {
            Line("check", check.Name, check.Expression);
        }
    }

    private static IEnumerable<string> Flags(KeySchema key) => [Flag(key.NullsNotDistinct), Flag(key.Deferrable), Flag(key.InitiallyDeferred)];

    private static string Flag(bool value) => value ? "yes" : "no";

    private void Line(string word, params ReadOnlySpan<string?> values)
    {
        _text.Append(word);
        foreach (var value in values)
        {
            if (value is null)
            {
                _text.Append(" -");
            }
            else
            {
                _text.Append(CultureInfo.InvariantCulture, $" {value.Length}:{value}");
            }
        }

        _text.Append('\n');
    }
}
