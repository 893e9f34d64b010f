namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>A column's default, as far as it is one that other engines have too.</summary>
/// <param name="Kind">What it gives.</param>
/// <param name="Text">The literal's value; empty for the others.</param>
internal sealed record DefaultValue(DefaultValueKind Kind, string Text)
{
    /// <summary>Reads a default of SQLite or PostgreSQL; null where it is anything but a literal or the present time.</summary>
    public static DefaultValue? Read(string expression)
    {
        var tokens = SqlLexer.Read(expression);
        var at = 0;
        var value = Value(tokens, ref at);
        return tokens[at].Kind == SqlTokenKind.End ? value : null;
    }

    private static DefaultValue? Value(IReadOnlyList<SqlToken> tokens, ref int at)
    {
        var value = Primary(tokens, ref at);
        while (value is not null)
        {
            if (tokens[at].IsSymbol("::"))
            {
                at++;
                value = Cast(value, SqlTypeWords.Take(tokens, ref at));
            }
            else if (tokens[at].IsWord("AT"))
            {
                value = value.Kind == DefaultValueKind.Now && AtUtc(tokens, ref at) ? new DefaultValue(DefaultValueKind.NowUtc, "") : null;
            }
            else
            {
                break;
            }
        }

        return value;
    }

    private static DefaultValue? Primary(IReadOnlyList<SqlToken> tokens, ref int at)
    {
        var token = tokens[at];
        if (token.Kind == SqlTokenKind.End)
        {
            return null;
        }

        at++;
        if (token.IsSymbol("("))
        {
            var inner = Value(tokens, ref at);
            return inner is not null && tokens[at].IsSymbol(")") && at++ >= 0 ? inner : null;
        }

        if (token.IsSymbol("-") || token.IsSymbol("+"))
        {
            return tokens[at].Kind == SqlTokenKind.Number
                ? new DefaultValue(DefaultValueKind.Number, (token.Text == "-" ? "-" : "") + tokens[at++].Text)
                : null;
        }

        return token.Kind switch
        {
            SqlTokenKind.Number => new DefaultValue(DefaultValueKind.Number, token.Text),
            SqlTokenKind.String => new DefaultValue(DefaultValueKind.Text, token.Text),
            SqlTokenKind.Word => Word(token, tokens, ref at),
            _ => null,
        };
    }

    private static DefaultValue? Word(SqlToken token, IReadOnlyList<SqlToken> tokens, ref int at)
    {
        switch (token.Text.ToUpperInvariant())
        {
            case "NULL":
                return new DefaultValue(DefaultValueKind.Null, "");
            case "TRUE":
                return new DefaultValue(DefaultValueKind.Boolean, "true");
            case "FALSE":
                return new DefaultValue(DefaultValueKind.Boolean, "false");
            case "CURRENT_TIMESTAMP":
                return new DefaultValue(DefaultValueKind.Now, "");
            case "CURRENT_DATE":
                return new DefaultValue(DefaultValueKind.Today, "");
            case "NOW" when Take(tokens, ref at, "(", ")"):
                return new DefaultValue(DefaultValueKind.Now, "");
            case "DATETIME" when tokens[at].IsSymbol("(") && tokens[at + 1] == new SqlToken(SqlTokenKind.String, "now"):
                at += 2;
                return Take(tokens, ref at, ")") ? new DefaultValue(DefaultValueKind.Now, "") : null;
            case "X" when tokens[at].Kind == SqlTokenKind.String && IsHex(tokens[at].Text):
                return new DefaultValue(DefaultValueKind.Blob, tokens[at++].Text);
            default:
                return null;
        }
    }

    private static DefaultValue? Cast(DefaultValue value, string? type) => type switch
    {
        null or SqlTypeWords.Other => value.Kind == DefaultValueKind.Null && type is not null ? value : null,
        _ when value.Kind == DefaultValueKind.Null => value,
        SqlTypeWords.Blob when value.Kind == DefaultValueKind.Text && value.Text.StartsWith("\\x", StringComparison.Ordinal) && IsHex(value.Text[2..]) =>
            new DefaultValue(DefaultValueKind.Blob, value.Text[2..]),
        SqlTypeWords.Blob => null,
        // A literal of the column's own type; the value is written for the target's type afterwards.
        _ => value.Kind is DefaultValueKind.Number or DefaultValueKind.Text or DefaultValueKind.Boolean ? value : null,
    };

    private static bool AtUtc(IReadOnlyList<SqlToken> tokens, ref int at)
    {
        at++;
        if (!tokens[at].IsWord("TIME") || !tokens[at + 1].IsWord("ZONE"))
        {
            return false;
        }

        at += 2;
        var zone = tokens[at];
        if (zone.Kind != SqlTokenKind.String || !zone.Text.Equals("UTC", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        at++;
        if (tokens[at].IsSymbol("::"))
        {
            at++;
            return SqlTypeWords.Take(tokens, ref at) == SqlTypeWords.Text;
        }

        return true;
    }

    private static bool Take(IReadOnlyList<SqlToken> tokens, ref int at, params ReadOnlySpan<string> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (!tokens[at].IsSymbol(symbol))
            {
                return false;
            }

            at++;
        }

        return true;
    }

    private static bool IsHex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
}
