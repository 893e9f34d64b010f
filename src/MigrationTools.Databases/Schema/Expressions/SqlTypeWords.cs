namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>Reads the type after a PostgreSQL cast, as far as it is one whose literals other engines have too.</summary>
internal static class SqlTypeWords
{
    public const string Text = "text";
    public const string Number = "number";
    public const string Integer = "integer";
    public const string Boolean = "boolean";
    public const string Timestamp = "timestamp";
    public const string Date = "date";
    public const string Blob = "blob";
    public const string Json = "json";
    public const string Other = "other";

    /// <summary>One of the constants; null where there is no type. A type with a length or precision is <see cref="Other"/>: it would cut the value.</summary>
    public static string? Take(IReadOnlyList<SqlToken> tokens, ref int at)
    {
        var words = new List<string>();
        while (tokens[at].Kind == SqlTokenKind.Word && IsPart(tokens[at].Text, words.Count))
        {
            words.Add(tokens[at++].Text.ToLowerInvariant());
        }

        if (words.Count == 0)
        {
            return null;
        }

        if (tokens[at].IsSymbol("("))
        {
            return Other;
        }

        return string.Join(' ', words) switch
        {
            "text" or "character varying" or "varchar" => Text,
            "numeric" or "double precision" => Number,
            "smallint" or "integer" or "bigint" => Integer,
            "boolean" => Boolean,
            "timestamp without time zone" or "timestamp" => Timestamp,
            "date" => Date,
            "bytea" => Blob,
            "json" or "jsonb" => Json,
            _ => Other,
        };
    }

    // Words that can follow the first one in a type's name; anything else (AND, OR …) belongs to the expression.
    private static bool IsPart(string word, int position) =>
        position == 0 || word.ToLowerInvariant() is "varying" or "precision" or "without" or "with" or "time" or "zone";
}
