using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A value to compare with, after an operator or bare; a bare value means =.</summary>
internal sealed class ExpectationForm : ScalarForm<Expectation>
{
    private const string Matches = "matches";

    private static readonly string[] Operators = ["<=", ">=", "!=", "=", "<", ">"];

    private static readonly string[] Mistaken = ["==", "=>", "=<", "<>", "=~", "!~", "~", "!"];

    public static ExpectationForm Instance { get; } = new();

    public override string Expected => "a value such as 0, or a comparison such as '>= 150000', '!= off' or 'matches ^15'";

    public override string Definition => "expectation";

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = new JsonArray("string", "number", "boolean"), ["examples"] = new JsonArray(0, ">= 150000", "!= off", "matches ^15") };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out Expectation? value)
    {
        var text = scalar.Text.Trim();
        value = null;
        if (Mistaken.FirstOrDefault(wrong => text.StartsWith(wrong, StringComparison.Ordinal) && !text.StartsWith("!=", StringComparison.Ordinal)) is { } wrong)
        {
            return $"'{wrong}' is no operator of a comparison; use {Words.List(Operators.Append(Matches), "or")}.";
        }

        if (text == Matches || text.StartsWith(Matches + " ", StringComparison.Ordinal))
        {
            return ParsePattern(text[Matches.Length..].Trim(), out value);
        }

        var found = Operators.FirstOrDefault(known => text.StartsWith(known, StringComparison.Ordinal));
        var operand = text[(found?.Length ?? 0)..].Trim();
        if (operand.Length == 0 && found is "<" or "<=" or ">" or ">=")
        {
            return $"'{found}' has no value after it; expected {Expected}.";
        }

        value = new Expectation(found ?? "=", operand);
        return null;
    }

    private static string? ParsePattern(string pattern, out Expectation? value)
    {
        value = new Expectation(Matches, pattern);
        if (pattern.Length == 0)
        {
            return "'matches' has no regular expression after it.";
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            return null;
        }
        catch (RegexParseException exception)
        {
            return $"{Echo.Quote(pattern)} is not a regular expression: {Echo.Plain(exception.Error.ToString())} at character {exception.Offset + 1}.";
        }
    }
}
