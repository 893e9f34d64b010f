using System.Text.Json;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>A key's cells as text, to be kept in the progress table: <c>["Int64:KgAAAAAAAAA=", …]</c>, each kind with its bytes in base64.</summary>
internal static class KeyText
{
    public static string Write(RowBatch key)
    {
        var cells = Enumerable.Range(0, key.ColumnCount).Select(column => $"{key.KindAt(0, column)}:{Convert.ToBase64String(key.BytesAt(0, column))}");
        return JsonSerializer.Serialize(cells);
    }

    public static RowBatch Read(string text)
    {
        var cells = JsonSerializer.Deserialize<string[]>(text)!;
        var key = new RowBatch(cells.Length, initialBytes: 64);
        foreach (var cell in cells)
        {
            var colon = cell.IndexOf(':', StringComparison.Ordinal);
            key.Append(Enum.Parse<CellKind>(cell[..colon]), Convert.FromBase64String(cell[(colon + 1)..]));
        }

        return key;
    }
}
