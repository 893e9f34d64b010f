namespace MigrationTools.Databases.Sqlite;

/// <summary>What a piece of SQLite's SQL is.</summary>
internal enum SqliteTokenKind
{
    /// <summary>A bare word: a keyword or an unquoted name.</summary>
    Word,

    /// <summary>A name in "", `` or [].</summary>
    QuotedName,

    /// <summary>A text, blob or number literal, or a parameter.</summary>
    Literal,

    /// <summary>An operator or punctuation character.</summary>
    Symbol,
}

/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first character in the SQL.</param>
/// <param name="End">Offset behind its last character.</param>
/// <param name="Text">The word, the unquoted name, the literal as it stands, or the symbol.</param>
internal readonly record struct SqliteToken(SqliteTokenKind Kind, int Start, int End, string Text)
{
    public bool IsWord(string word) => Kind == SqliteTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(char symbol) => Kind == SqliteTokenKind.Symbol && Text.Length == 1 && Text[0] == symbol;

    /// <summary>A name, quoted or not. SQLite takes a text literal for a name too where only a name can stand.</summary>
    public bool IsName => Kind is SqliteTokenKind.Word or SqliteTokenKind.QuotedName || (Kind == SqliteTokenKind.Literal && Text.StartsWith('\''));

    public string Name => Kind == SqliteTokenKind.Literal ? Text[1..^1].Replace("''", "'", StringComparison.Ordinal) : Text;
}
