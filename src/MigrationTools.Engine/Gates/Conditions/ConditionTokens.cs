using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>Takes a condition's text apart.</summary>
internal static partial class ConditionTokens
{
    /// <summary>What people write who come from another language, and what it is here.</summary>
    private static readonly Dictionary<string, string> Mistaken = new(StringComparer.Ordinal)
    {
        ["=="] = "=",
        ["=>"] = ">=",
        ["=<"] = "<=",
        ["<>"] = "!=",
        ["&&"] = "and",
        ["||"] = "or",
    };

    /// <exception cref="ConditionException">There is something that no condition has in it.</exception>
    public static IReadOnlyList<ConditionToken> Of(string text)
    {
        var tokens = new List<ConditionToken>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var match = Token().Match(text, at);
            if (!match.Success)
            {
                throw new ConditionException(text, at + 1, Stranger(text[at]));
            }

            if (Mistaken.TryGetValue(match.Value, out var meant))
            {
                throw new ConditionException(text, at + 1, $"'{match.Value}' is no operator here; did you mean '{meant}'?");
            }

            tokens.Add(new ConditionToken(KindOf(match.Value[0]), match.Value, at + 1));
            at += match.Length;
        }

        tokens.Add(new ConditionToken(ConditionToken.Sort.End, "", text.Length + 1));
        return tokens;
    }

    private static ConditionToken.Sort KindOf(char first) =>
        char.IsAsciiDigit(first) ? ConditionToken.Sort.Number : char.IsAsciiLetter(first) || first == '_' ? ConditionToken.Sort.Name : ConditionToken.Sort.Sign;

    private static string Stranger(char character) => character switch
    {
        '.' => "a number begins with a digit and a name with a letter: 0.5, api.p95.",
        '!' => "'!' is no operator; use '!=' or the opposite comparison.",
        '&' => "'&' is no operator; did you mean 'and'?",
        '|' => "'|' is no operator; did you mean 'or'?",
        _ when char.IsControl(character) => "a condition holds no control character.",
        _ => $"a condition has no '{character}' in it; expected something like p95 < 250ms.",
    };

    [GeneratedRegex(@"\G(?:[0-9]{1,15}(?:\.[0-9]{1,9})?|[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*|==|=>|=<|<>|&&|\|\||<=|>=|!=|[<>=+\-*/()%])", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
