using System.Globalization;

namespace MigrationTools.Databases.Postgres.Pages;

/// <summary>Where a row lies in its table: the page, and its number on it (PostgreSQL documentation, 5.5, ctid).</summary>
internal readonly record struct RowPlace(long Page, int Number) : IComparable<RowPlace>
{
    public static RowPlace First => new(0, 0);

    /// <summary>After every row that a table can have.</summary>
    public static RowPlace End => new(uint.MaxValue, ushort.MaxValue);

    /// <summary>Reads one as the server writes it: (page,number).</summary>
    public static RowPlace Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return new(
            long.Parse(text.AsSpan(1, comma - 1), CultureInfo.InvariantCulture),
            int.Parse(text.AsSpan(comma + 1, text.Length - comma - 2), CultureInfo.InvariantCulture));
    }

    public int CompareTo(RowPlace other) => Page == other.Page ? Number.CompareTo(other.Number) : Page.CompareTo(other.Page);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Page},{Number})");
}
