using System.Globalization;

namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>
/// Rewrites the condition of a CHECK for another engine, if it is made only of parts that mean the same on both: columns
/// compared with literals or each other, IN, BETWEEN, IS NULL, AND, OR, NOT and length() of text. What is not certain is refused.
/// </summary>
internal sealed class PortableCheck
{
    private readonly CheckScope _scope;
    private readonly IReadOnlyList<SqlToken> _tokens;
    private int _at;
    private string? _reason;

    private PortableCheck(CheckScope scope, string expression)
    {
        _scope = scope;
        _tokens = SqlLexer.Read(expression);
    }

    private SqlToken Current => _tokens[_at];

    /// <summary>The condition as SQL of the target; or null with the reason.</summary>
    public static string? Convert(string expression, CheckScope scope, out string reason)
    {
        var reader = new PortableCheck(scope, expression);
        var condition = reader.Condition(reader.Or());
        if (condition is not null && reader.Current.Kind != SqlTokenKind.End)
        {
            condition = reader.Refuse($"'{reader.Current.Text}' is not portable for certain");
        }

        reason = reader._reason ?? "";
        return condition?.Sql;
    }

    private SqlOperand? Or() => Chain("OR", And);

    private SqlOperand? And() => Chain("AND", Not);

    private SqlOperand? Chain(string word, Func<SqlOperand?> part)
    {
        var left = part();
        while (left is not null && TakeWord(word))
        {
            var first = Condition(left);
            var second = Condition(part());
            left = first is null || second is null ? null : new SqlOperand($"({first.Sql} {word} {second.Sql})", SqlOperandKind.Condition);
        }

        return left;
    }

    private SqlOperand? Not() =>
        TakeWord("NOT")
            ? Condition(Not()) is { } inner ? new SqlOperand($"(NOT {inner.Sql})", SqlOperandKind.Condition) : null
            : Comparison();

    private SqlOperand? Comparison()
    {
        var left = Primary();
        if (left is null)
        {
            return null;
        }

        if (TakeWord("IS"))
        {
            var not = TakeWord("NOT") ? "NOT " : "";
            return TakeWord("NULL") ? new SqlOperand($"({left.Sql} IS {not}NULL)", SqlOperandKind.Condition) : Refuse("IS is portable only with NULL");
        }

        var negated = Current.IsWord("NOT");
        _at += negated ? 1 : 0;
        if (TakeWord("IN"))
        {
            return TakeSymbol("(") ? Listed(left, negated, ")") : Unexpected();
        }

        if (TakeWord("BETWEEN"))
        {
            return Between(left, negated);
        }

        if (negated)
        {
            return Unexpected();
        }

        var comparison = Current.Kind == SqlTokenKind.Symbol ? Current.Text : "";
        if (comparison is not ("=" or "==" or "<>" or "!=" or "<" or "<=" or ">" or ">="))
        {
            return left;
        }

        _at++;
        if (Current.IsWord("ANY") || Current.IsWord("ALL"))
        {
            return InArray(left, comparison);
        }

        var sign = comparison switch { "==" => "=", "!=" => "<>", _ => comparison };
        return Compared(left, sign, Primary());
    }

    private SqlOperand? Between(SqlOperand left, bool negated)
    {
        var low = Compared(left, ">=", Primary());
        if (low is null || !TakeWord("AND"))
        {
            return low is null ? null : Unexpected();
        }

        var high = Compared(left, "<=", Primary());
        return high is null ? null : new SqlOperand(negated ? $"(NOT ({low.Sql} AND {high.Sql}))" : $"({low.Sql} AND {high.Sql})", SqlOperandKind.Condition);
    }

    // PostgreSQL keeps x IN (…) as x = ANY (ARRAY[…]), and x NOT IN (…) as x <> ALL (ARRAY[…]).
    private SqlOperand? InArray(SqlOperand left, string comparison)
    {
        var any = TakeWord("ANY");
        if (!any)
        {
            _at++;
        }

        if ((any && comparison != "=") || (!any && comparison != "<>") || !TakeSymbol("("))
        {
            return Unexpected();
        }

        var wrapped = TakeSymbol("(");
        if (!TakeWord("ARRAY") || !TakeSymbol("["))
        {
            return Unexpected();
        }

        var listed = Listed(left, negated: !any, "]");
        if (wrapped && !TakeSymbol(")"))
        {
            return Unexpected();
        }

        // The cast of the array repeats the type of its members, which were checked one by one.
        if (TakeSymbol("::") && (SqlTypeWords.Take(_tokens, ref _at) is null || !TakeSymbol("[") || !TakeSymbol("]")))
        {
            return Unexpected();
        }

        return TakeSymbol(")") ? listed : Unexpected();
    }

    private SqlOperand? Listed(SqlOperand left, bool negated, string end)
    {
        var members = new List<string>();
        do
        {
            var member = Matched(left, Primary());
            if (member is null || Compared(left, "=", member) is null)
            {
                return null;
            }

            members.Add(member.Sql);
        }
        while (TakeSymbol(","));

        return TakeSymbol(end)
            ? new SqlOperand($"({left.Sql} {(negated ? "NOT " : "")}IN ({string.Join(", ", members)}))", SqlOperandKind.Condition)
            : Unexpected();
    }

    private SqlOperand? Primary()
    {
        var token = Current;
        SqlOperand? operand;
        if (TakeSymbol("("))
        {
            operand = Or();
            if (operand is not null && !TakeSymbol(")"))
            {
                return Unexpected();
            }
        }
        else if (TakeSymbol("-"))
        {
            operand = Current.Kind == SqlTokenKind.Number ? Number("-" + _tokens[_at++].Text) : Unexpected();
        }
        else
        {
            _at += token.Kind == SqlTokenKind.End ? 0 : 1;
            operand = token.Kind switch
            {
                SqlTokenKind.Number => Number(token.Text),
                SqlTokenKind.String => Text(token.Text),
                SqlTokenKind.QuotedName => Column(token),
                SqlTokenKind.Word => Word(token),
                SqlTokenKind.End => Refuse("the expression is not complete"),
                _ => Refuse($"'{token.Text}' is not portable for certain"),
            };
        }

        while (operand is not null && TakeSymbol("::"))
        {
            operand = Cast(operand);
        }

        return operand;
    }

    private SqlOperand? Word(SqlToken token)
    {
        if (token.IsWord("TRUE") || token.IsWord("FALSE"))
        {
            return Boolean(token.IsWord("TRUE"));
        }

        if (!Current.IsSymbol("("))
        {
            return Column(token);
        }

        if (!token.IsWord("length") && !token.IsWord("char_length"))
        {
            return Refuse($"the function '{token.Text}' is not portable for certain");
        }

        _at++;
        var argument = Primary();
        return argument switch
        {
            null => null,
            { Kind: not SqlOperandKind.Text } => Refuse("length() is portable only of text"),
            _ => TakeSymbol(")") ? new SqlOperand($"length({argument.Sql})", SqlOperandKind.Number) : Unexpected(),
        };
    }

    private SqlOperand? Column(SqlToken token)
    {
        var column = _scope.Column(token, out var reason);
        return column ?? Refuse(reason!);
    }

    private SqlOperand? Cast(SqlOperand operand)
    {
        var type = SqlTypeWords.Take(_tokens, ref _at);
        return type switch
        {
            null => Unexpected(),
            SqlTypeWords.Text when operand.Kind == SqlOperandKind.Text => operand,
            SqlTypeWords.Number when operand is { Literal: { } literal, Kind: SqlOperandKind.Text or SqlOperandKind.Number } => Number(literal),
            SqlTypeWords.Integer when operand is { Literal: { } literal, Kind: SqlOperandKind.Text or SqlOperandKind.Number } && IsWhole(literal) => Number(literal),
            SqlTypeWords.Boolean when operand is { Literal: "true" or "t", Kind: SqlOperandKind.Text } => Boolean(true),
            SqlTypeWords.Boolean when operand is { Literal: "false" or "f", Kind: SqlOperandKind.Text } => Boolean(false),
            _ => Refuse("it casts one type to another"),
        };
    }

    private SqlOperand? Compared(SqlOperand left, string sign, SqlOperand? right)
    {
        right = Matched(left, right);
        if (right is null)
        {
            return null;
        }

        left = Matched(right, left)!;
        var equality = sign is "=" or "<>";
        var agreed = left.Kind == right.Kind && left.Kind switch
        {
            SqlOperandKind.Number => true,
            SqlOperandKind.Text or SqlOperandKind.Boolean => equality,
            _ => false,
        };
        return agreed
            ? new SqlOperand($"({left.Sql} {sign} {right.Sql})", SqlOperandKind.Condition)
            : Refuse($"the engines may not agree on how {left.Sql} {sign} {right.Sql} compares");
    }

    // SQLite writes booleans as 0 and 1.
    private SqlOperand? Matched(SqlOperand other, SqlOperand? operand) => (other.Kind, operand) switch
    {
        (SqlOperandKind.Boolean, { Kind: SqlOperandKind.Number, Literal: "0" or "1" }) => Boolean(operand!.Literal == "1"),
        _ => operand,
    };

    private SqlOperand? Condition(SqlOperand? operand) => operand switch
    {
        null => null,
        { Kind: SqlOperandKind.Condition or SqlOperandKind.Boolean } => operand,
        _ => Refuse($"{operand.Sql} is not a condition on every engine"),
    };

    private SqlOperand Boolean(bool value) => new(_scope.Boolean(value), SqlOperandKind.Boolean) { Literal = value ? "true" : "false" };

    private static SqlOperand Text(string value) =>
        new($"'{value.Replace("'", "''", StringComparison.Ordinal)}'", SqlOperandKind.Text) { Literal = value };

    // decimal.Parse holds 28 digits exactly; a longer literal is rounded by one engine and not by the other.
    private SqlOperand? Number(string text) =>
        text.Length <= 18 && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? new SqlOperand(text, SqlOperandKind.Number) { Literal = text }
            : Refuse($"the number {text} may be rounded");

    private static bool IsWhole(string literal) => long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private bool TakeWord(string word)
    {
        var taken = Current.IsWord(word);
        _at += taken ? 1 : 0;
        return taken;
    }

    private bool TakeSymbol(string symbol)
    {
        var taken = Current.IsSymbol(symbol);
        _at += taken ? 1 : 0;
        return taken;
    }

    private SqlOperand? Unexpected() => Refuse(Current.Kind == SqlTokenKind.End ? "the expression is not complete" : $"'{Current.Text}' is not portable for certain");

    private SqlOperand? Refuse(string reason)
    {
        _reason ??= reason;
        return null;
    }
}
