using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Spans of a key in SQL. Their names are such as no table and no column has by chance: beside them stand a user's own.</summary>
internal static class PostgresSpans
{
    /// <summary>The number of a span among numbered ones, from 1.</summary>
    public const string Place = "\"span of keys\".\"place of span\"";

    private const string Least = "\"least of span\"";
    private const string Largest = "\"largest of span\"";

    /// <summary>Spans as rows.</summary>
    public static string Rows(IReadOnlyList<KeySpan> spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        return $"{Unnest(spans)} AS \"span of keys\" ({Least}, {Largest})";
    }

    /// <summary>Spans as rows with their <see cref="Place"/>.</summary>
    public static string NumberedRows(IReadOnlyList<KeySpan> spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        return $"{Unnest(spans)} WITH ORDINALITY AS \"span of keys\" ({Least}, {Largest}, \"place of span\")";
    }

    /// <summary>What makes a row one of a span.</summary>
    /// <param name="key">SQL of its key.</param>
    public static string[] Conditions(string key) => [$"{key} >= \"span of keys\".{Least}", $"{key} <= \"span of keys\".{Largest}"];

    private static string Unnest(IReadOnlyList<KeySpan> spans)
    {
        string Array(Func<KeySpan, long> value) => "'{" + string.Join(',', spans.Select(span => value(span).ToString(CultureInfo.InvariantCulture))) + "}'::bigint[]";
        return $"unnest({Array(span => span.After is { } after ? after + 1 : long.MinValue)}, {Array(span => span.UpTo ?? long.MaxValue)})";
    }
}
