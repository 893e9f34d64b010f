using System.Text;

namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>
/// Splits an expression of SQLite or PostgreSQL into tokens, as far as the portable subset needs: anything else becomes an
/// <see cref="SqlTokenKind.Unknown"/> token, at which every reader gives up.
/// </summary>
internal static class SqlLexer
{
    private static readonly string[] LongSymbols = ["::", "<=", ">=", "<>", "!=", "=="];

    /// <summary>The tokens, with an <see cref="SqlTokenKind.End"/> last.</summary>
    public static IReadOnlyList<SqlToken> Read(string sql)
    {
        var tokens = new List<SqlToken>();
        var at = 0;
        while (true)
        {
            while (at < sql.Length && char.IsWhiteSpace(sql[at]))
            {
                at++;
            }

            if (at == sql.Length)
            {
                tokens.Add(new SqlToken(SqlTokenKind.End, ""));
                return tokens;
            }

            tokens.Add(Next(sql, ref at));
        }
    }

    private static SqlToken Next(string sql, ref int at)
    {
        var first = sql[at];
        if (first == '\'')
        {
            return Quoted(sql, ref at, '\'', SqlTokenKind.String);
        }

        if (first is '"' or '`')
        {
            return Quoted(sql, ref at, first, SqlTokenKind.QuotedName);
        }

        if (first is 'E' or 'e' && at + 1 < sql.Length && sql[at + 1] == '\'')
        {
            return Escaped(sql, ref at);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < sql.Length && char.IsAsciiDigit(sql[at + 1])))
        {
            return Number(sql, ref at);
        }

        if (char.IsLetter(first) || first == '_')
        {
            var start = at;
            while (at < sql.Length && (char.IsLetterOrDigit(sql[at]) || sql[at] is '_' or '$'))
            {
                at++;
            }

            return new SqlToken(SqlTokenKind.Word, sql[start..at]);
        }

        return Symbol(sql, ref at);
    }

    private static SqlToken Symbol(string sql, ref int at)
    {
        foreach (var symbol in LongSymbols)
        {
            if (string.CompareOrdinal(sql, at, symbol, 0, symbol.Length) == 0)
            {
                at += symbol.Length;
                return new SqlToken(SqlTokenKind.Symbol, symbol);
            }
        }

        // A comment is no symbol: it would hide what follows.
        var known = "()[],=<>+-.".Contains(sql[at], StringComparison.Ordinal) && string.CompareOrdinal(sql, at, "--", 0, 2) != 0;
        return new SqlToken(known ? SqlTokenKind.Symbol : SqlTokenKind.Unknown, sql[at++].ToString());
    }

    private static SqlToken Number(string sql, ref int at)
    {
        var start = at;
        while (at < sql.Length && (char.IsAsciiDigit(sql[at]) || sql[at] == '.'))
        {
            at++;
        }

        if (at < sql.Length && sql[at] is 'e' or 'E')
        {
            at++;
            at += at < sql.Length && sql[at] is '+' or '-' ? 1 : 0;
            while (at < sql.Length && char.IsAsciiDigit(sql[at]))
            {
                at++;
            }
        }

        var text = sql[start..at];
        var whole = at == sql.Length || !(char.IsLetterOrDigit(sql[at]) || sql[at] == '_');
        var plain = whole && text.Count(character => character == '.') <= 1 && char.IsAsciiDigit(text[^1]);
        return new SqlToken(plain ? SqlTokenKind.Number : SqlTokenKind.Unknown, text);
    }

    private static SqlToken Quoted(string sql, ref int at, char quote, SqlTokenKind kind)
    {
        var text = new StringBuilder();
        for (at++; at < sql.Length; at++)
        {
            if (sql[at] != quote)
            {
                text.Append(sql[at]);
            }
            else if (at + 1 < sql.Length && sql[at + 1] == quote)
            {
                text.Append(sql[at++]);
            }
            else
            {
                at++;
                return new SqlToken(kind, text.ToString());
            }
        }

        return new SqlToken(SqlTokenKind.Unknown, text.ToString());
    }

    // PostgreSQL writes a literal with a backslash as E'…\\…' (its ruleutils.c, simple_quote_literal); no other escape occurs in what it deparses.
    private static SqlToken Escaped(string sql, ref int at)
    {
        at++;
        var token = Quoted(sql, ref at, '\'', SqlTokenKind.String);
        var text = token.Text.Replace(@"\\", "\0", StringComparison.Ordinal);
        var plain = token.Kind == SqlTokenKind.String && !text.Contains('\\', StringComparison.Ordinal);
        return new SqlToken(plain ? SqlTokenKind.String : SqlTokenKind.Unknown, text.Replace('\0', '\\'));
    }
}
