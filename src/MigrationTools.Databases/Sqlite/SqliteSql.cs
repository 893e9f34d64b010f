namespace MigrationTools.Databases.Sqlite;

/// <summary>Splits SQLite's SQL into tokens (sqlite.org/lang.html; tokenize.c of its source). Comments and blanks are left out.</summary>
internal static class SqliteSql
{
    /// <summary>Whether nothing but blanks, comments and semicolons is in the text.</summary>
    public static bool IsBlank(string? sql)
    {
        foreach (var token in Tokens(sql ?? string.Empty))
        {
            if (!token.IsSymbol(';'))
            {
                return false;
            }
        }

        return true;
    }

    public static IEnumerable<SqliteToken> Tokens(string sql)
    {
        var position = 0;
        while (position < sql.Length)
        {
            var start = position;
            var character = sql[position];
            if (character is ' ' or '\t' or '\n' or '\r' or '\f' or '\uFEFF')
            {
                position++;
                continue;
            }

            if (StartsComment(sql, position))
            {
                position = EndOfComment(sql, position);
                continue;
            }

            position = EndOfToken(sql, position);
            var text = sql[start..position];
            yield return character switch
            {
                '"' or '`' => new SqliteToken(SqliteTokenKind.QuotedName, start, position, Unquote(text, character)),
                '[' => new SqliteToken(SqliteTokenKind.QuotedName, start, position, text.EndsWith(']') ? text[1..^1] : text[1..]),
                '\'' => new SqliteToken(SqliteTokenKind.Literal, start, position, text),
                'x' or 'X' when text.Length > 1 && text[1] == '\'' => new SqliteToken(SqliteTokenKind.Literal, start, position, text),
                _ when IsNumberStart(sql, start) || character is '?' or '@' or ':' or '#' => new SqliteToken(SqliteTokenKind.Literal, start, position, text),
                _ when IsWordCharacter(character) => new SqliteToken(SqliteTokenKind.Word, start, position, text),
                _ => new SqliteToken(SqliteTokenKind.Symbol, start, position, text),
            };
        }
    }

    private static bool StartsComment(string sql, int position) =>
        position + 1 < sql.Length && ((sql[position] == '-' && sql[position + 1] == '-') || (sql[position] == '/' && sql[position + 1] == '*'));

    // An unclosed block comment runs to the end, as SQLite has it.
    private static int EndOfComment(string sql, int position)
    {
        var end = sql[position] == '-'
            ? sql.IndexOf('\n', position)
            : sql.IndexOf("*/", position + 2, StringComparison.Ordinal);
        return end < 0 ? sql.Length : end + (sql[position] == '-' ? 1 : 2);
    }

    private static int EndOfToken(string sql, int start)
    {
        var character = sql[start];
        if (character is '\'' or '"' or '`')
        {
            return EndOfQuoted(sql, start, character);
        }

        if (character == '[')
        {
            var close = sql.IndexOf(']', start);
            return close < 0 ? sql.Length : close + 1;
        }

        if (character is 'x' or 'X' && start + 1 < sql.Length && sql[start + 1] == '\'')
        {
            return EndOfQuoted(sql, start + 1, '\'');
        }

        if (IsNumberStart(sql, start))
        {
            return EndOfNumber(sql, start);
        }

        var end = start + 1;
        if (IsWordCharacter(character) || character is '?' or '@' or ':' or '#')
        {
            while (end < sql.Length && IsWordCharacter(sql[end]))
            {
                end++;
            }
        }

        return end;
    }

    private static int EndOfQuoted(string sql, int start, char quote)
    {
        var position = start + 1;
        while (position < sql.Length)
        {
            if (sql[position++] != quote)
            {
                continue;
            }

            if (position == sql.Length || sql[position] != quote)
            {
                return position;
            }

            position++;
        }

        return sql.Length;
    }

    private static int EndOfNumber(string sql, int start)
    {
        var end = start;
        while (end < sql.Length && (IsWordCharacter(sql[end]) || sql[end] == '.' || (sql[end] is '+' or '-' && sql[end - 1] is 'e' or 'E' && !IsHexadecimal(sql, start))))
        {
            end++;
        }

        return end;
    }

    private static bool IsHexadecimal(string sql, int start) => sql[start] == '0' && start + 1 < sql.Length && sql[start + 1] is 'x' or 'X';

    private static bool IsNumberStart(string sql, int position) =>
        char.IsAsciiDigit(sql[position]) || (sql[position] == '.' && position + 1 < sql.Length && char.IsAsciiDigit(sql[position + 1]));

    private static bool IsWordCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '$' || character > 0x7F;

    private static string Unquote(string text, char quote)
    {
        var inner = text.Length > 1 && text[^1] == quote ? text[1..^1] : text[1..];
        return inner.Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
    }
}
