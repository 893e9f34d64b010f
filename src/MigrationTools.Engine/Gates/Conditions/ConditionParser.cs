using System.Globalization;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>Reads conditions: comparisons of sums and products of figures and numbers, joined by and, or and brackets.</summary>
internal sealed class ConditionParser
{
    // Far beyond what a person writes; the parser goes a level deeper a bracket.
    private const int DeepestNesting = 50;
    private const int LongestText = 1000;

    private static readonly string[] SideWords = [FigureReference.Canary, FigureReference.Baseline, "target", "source"];

    private readonly string _text;
    private readonly IReadOnlyList<ConditionToken> _tokens;
    private int _next;
    private int _depth;

    private ConditionParser(string text)
    {
        _text = text;
        _tokens = ConditionTokens.Of(text);
    }

    private ConditionToken Next => _tokens[_next];

    /// <summary>Words that no metric may have for a name.</summary>
    public static IReadOnlyList<string> ReservedWords { get; } = [.. SideWords, "and", "or"];

    /// <exception cref="ConditionException">It is no condition.</exception>
    public static ConditionNode Parse(string text)
    {
        if (text.Length > LongestText)
        {
            throw new ConditionException(text[..40] + "…", LongestText, $"a condition has at most {LongestText} characters.");
        }

        var parser = new ConditionParser(text);
        var root = parser.Expression(0);
        if (parser.Next.Kind != ConditionToken.Sort.End)
        {
            throw parser.Wrong(parser.Next, $"expected an operator or the end, found {parser.Next.Describe()}{parser.Joined()}");
        }

        if (!root.IsTruth)
        {
            throw new ConditionException(text, root.Position, "this is a number and no condition; compare it, as in p95 < 250ms.");
        }

        return root;
    }

    private ConditionNode Expression(int binding)
    {
        var left = Operand();
        while (Operator() is { } @operator && @operator.Binding() >= binding)
        {
            var sign = _tokens[_next++];
            var right = Expression(@operator.Binding() + 1);
            left = Join(sign, @operator, left, right);
        }

        return left;
    }

    private ConditionNode Join(ConditionToken sign, ConditionOperator @operator, ConditionNode left, ConditionNode right)
    {
        foreach (var side in new[] { left, right })
        {
            if (@operator.IsLogical() && !side.IsTruth)
            {
                throw new ConditionException(_text, side.Position, $"'{sign.Text}' joins comparisons, and this is a number.");
            }

            if (!@operator.IsLogical() && side.IsTruth)
            {
                throw new ConditionException(_text, sign.Position, $"'{sign.Text}' takes numbers, and there is a comparison beside it; join comparisons with 'and' or 'or'.");
            }
        }

        if (@operator.Compares())
        {
            ConditionUnits.Check(_text, sign, @operator, left, right);
        }

        return new PairNode(@operator, left, right) { Position = left.Position };
    }

    private ConditionNode Operand()
    {
        if (++_depth > DeepestNesting)
        {
            throw Wrong(Next, $"more than {DeepestNesting} levels of brackets and signs.");
        }

        var token = _tokens[_next++];
        var node = token switch
        {
            { Kind: ConditionToken.Sort.Number } => Number(token),
            { Kind: ConditionToken.Sort.Name } => Figure(token),
            { Text: "(" } => Bracket(token),
            { Text: "-" } => Negative(token),
            _ => throw Wrong(token, $"expected a figure such as p95 or a number such as 250ms, found {token.Describe()}."),
        };
        _depth--;
        return node;
    }

    private ConditionNode Bracket(ConditionToken open)
    {
        var inside = Expression(0);
        if (Next.Text != ")")
        {
            throw Wrong(Next, $"expected ')' for the '(' at character {open.Position}, found {Next.Describe()}.");
        }

        _next++;
        return inside with { Position = open.Position };
    }

    private SignNode Negative(ConditionToken sign)
    {
        var of = Operand();
        return of.IsTruth ? throw Wrong(sign, "'-' takes a number, and there is a comparison behind it.") : new SignNode(of) { Position = sign.Position };
    }

    private NumberNode Number(ConditionToken token)
    {
        var unit = Next switch
        {
            { Text: "%" } => ConditionUnit.Percent,
            { Text: "ms" } => ConditionUnit.Milliseconds,
            { Text: "s" } => ConditionUnit.Seconds,
            { Kind: ConditionToken.Sort.Name } word when !IsLogicalWord(word.Text) => throw Wrong(word, $"'{word.Text}' is no unit; use ms, s or %."),
            { Kind: ConditionToken.Sort.Number } or { Text: "(" } => throw Wrong(Next, $"expected an operator or a unit (ms, s, %), found {Next.Describe()}."),
            _ => ConditionUnit.None,
        };
        if (unit != ConditionUnit.None)
        {
            _next++;
        }

        return new NumberNode(decimal.Parse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), unit) { Position = token.Position };
    }

    private FigureNode Figure(ConditionToken token)
    {
        if (IsLogicalWord(token.Text))
        {
            throw Wrong(token, $"'{token.Text}' stands between two comparisons; there is none before it.");
        }

        var parts = token.Text.Split('.');
        var side = SideOf(parts[0]);
        var names = side is null ? parts : parts[1..];
        return names.Length switch
        {
            1 when !SideWords.Contains(names[0]) => Make(null, names[0]),
            2 => Make(names[0], names[1]),
            0 or 1 => throw Wrong(token, $"'{token.Text}' names a side and no figure; expected something like {token.Text}.p95."),
            _ => throw Wrong(token, $"'{token.Text}' has too many parts; expected figure, metric.figure, or one of them behind 'canary.' or 'baseline.'."),
        };

        FigureNode Make(string? metric, string figure) => new(new FigureReference(side ?? EndpointSide.Target, metric, figure)) { Position = token.Position };
    }

    private ConditionOperator? Operator() => Next.Text.ToUpperInvariant() switch
    {
        "OR" => ConditionOperator.Or,
        "AND" => ConditionOperator.And,
        "<" => ConditionOperator.Less,
        "<=" => ConditionOperator.LessOrEqual,
        ">" => ConditionOperator.Greater,
        ">=" => ConditionOperator.GreaterOrEqual,
        "=" => ConditionOperator.Equal,
        "!=" => ConditionOperator.NotEqual,
        "+" => ConditionOperator.Add,
        "-" => ConditionOperator.Subtract,
        "*" => ConditionOperator.Multiply,
        "/" => ConditionOperator.Divide,
        _ => null,
    };

    private static EndpointSide? SideOf(string word) => word switch
    {
        FigureReference.Canary or "target" => EndpointSide.Target,
        FigureReference.Baseline or "source" => EndpointSide.Source,
        _ => null,
    };

    private static bool IsLogicalWord(string word) => word.Equals("and", StringComparison.OrdinalIgnoreCase) || word.Equals("or", StringComparison.OrdinalIgnoreCase);

    private string Joined() => Next.Kind == ConditionToken.Sort.Name ? $"{NearestOperator(Next.Text)}" : ".";

    private static string NearestOperator(string word) => NearestName.Suggest(word, ["and", "or"]) is { Length: > 0 } advice ? advice : ".";

    private ConditionException Wrong(ConditionToken at, string problem) => new(_text, at.Position, problem);
}
