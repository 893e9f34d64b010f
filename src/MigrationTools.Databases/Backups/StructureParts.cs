using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Backups;

/// <summary>The structure of a database in parts that a person knows by name (a column, a key, an index, a view), each with how it is made.</summary>
internal sealed class StructureParts
{
    private readonly SortedDictionary<string, string> _parts = new(StringComparer.Ordinal);

    public StructureParts(DatabaseSchema schema)
    {
        foreach (var table in schema.Tables)
        {
            Add(table);
        }

        foreach (var view in schema.Views)
        {
            Add($"view {view.Name}", view);
        }

        foreach (var sequence in schema.Sequences)
        {
            Add($"sequence {sequence}", sequence);
        }

        // A restore leaves out what reaches outside the scratch database.
        foreach (var other in schema.Others.Where(other => other.Kind != "publication"))
        {
            Add($"{other.Kind} {other.Name}", other);
        }
    }

    /// <summary>How many there are, and a digest of how they are made.</summary>
    public override string ToString()
    {
        var text = string.Join('\n', _parts.Select(part => $"{part.Key}\n{part.Value}"));
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{_parts.Count} parts, digest {digest[..32]}");
    }

    /// <summary>Parts that only one of the two has, such as <c>index ix of orders is missing</c>.</summary>
    public IReadOnlyList<string> MissingOrNew(StructureParts live) =>
    [
        .. live._parts.Keys.Where(name => !_parts.ContainsKey(name)).Select(name => $"{name} is missing"),
        .. _parts.Keys.Where(name => !live._parts.ContainsKey(name)).Select(name => $"{name} is not on the live side"),
    ];

    /// <summary>Parts that both have and that are not made alike.</summary>
    public IReadOnlyList<string> MadeOtherwise(StructureParts live) =>
        [.. live._parts.Where(part => _parts.TryGetValue(part.Key, out var own) && own != part.Value).Select(part => $"{part.Key} is made otherwise")];

    private void Add(TableSchema table)
    {
        Add($"table {table.Name}", new { Columns = table.Columns.Select(column => column.Name), table.Options });
        foreach (var column in table.Columns)
        {
            Add($"column {column.Name} of {table.Name}", column);
        }

        if (table.PrimaryKey is { } primary)
        {
            Add($"primary key of {table.Name}", primary);
        }

        foreach (var unique in table.UniqueKeys)
        {
            Add($"unique key of {table.Name} ({string.Join(", ", unique.Columns)})", unique);
        }

        foreach (var foreign in table.ForeignKeys)
        {
            Add($"foreign key of {table.Name} ({string.Join(", ", foreign.Columns)})", foreign);
        }

        foreach (var index in table.Indexes)
        {
            Add($"index {index.Name} of {table.Name}", index);
        }

        foreach (var check in table.Checks)
        {
            Add($"check {check.Name ?? check.Expression} of {table.Name}", check);
        }
    }

    // Two of one name, such as two foreign keys of one column, are one part that is made of both.
    private void Add<T>(string name, T part)
    {
        var made = ExpressionWording.Of(JsonSerializer.Serialize(part, MigrationJson.Line));
        _parts[name] = _parts.TryGetValue(name, out var other) ? string.Join('\n', other.Split('\n').Append(made).Order(StringComparer.Ordinal)) : made;
    }
}
