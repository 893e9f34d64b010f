using System.Text.RegularExpressions;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Checks;

/// <summary>Holds a value that was seen against what a spec expects. Never passes on a value that is not there.</summary>
/// <remarks>
/// How two texts are compared, by the first rule that fits both of them:
/// <list type="number">
/// <item>the expected value <c>null</c> (no quotes, any case) stands for "no value": <c>= null</c> passes for NULL or no row and fails for
/// any value, the text 'null' included; to expect that text, write <c>matches ^null$</c>;</item>
/// <item><c>NaN</c> never passes, whatever the operator;</item>
/// <item><c>true</c> and <c>false</c> with = or != also know an engine's own spelling of a boolean: t, 1, f, 0;</item>
/// <item>both are numbers (12, -1.50, 1e3, Infinity): by value, exactly, so '10' &gt; '9' and '1.10' = '1.1';</item>
/// <item>both are digits between dots and at least one has two dots or more: as versions, so 15.10.0 &gt; 15.9 and 1.10 &gt; 1.9.0. Two
/// texts with one dot each are numbers: write three parts to mean a version;</item>
/// <item>otherwise as text, ordinal. But where the expected value is a number or a version and the value seen is not, an order would be
/// an accident ('9.6 (Debian)' sorts after '15'), so &lt;, &lt;=, &gt; and &gt;= are Inconclusive.</item>
/// </list>
/// <c>matches</c> is a .NET regular expression, looked for anywhere in the value unless anchored, with a time limit of a second.
/// </remarks>
public static class ExpectationEvaluator
{
    private static readonly TimeSpan MatchTimeLimit = TimeSpan.FromSeconds(1);

    /// <summary>The answer for one value; null is NULL or nothing at all.</summary>
    public static ExpectationOutcome Evaluate(Expectation expectation, string? observed)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        if (expectation.Operator is not ("=" or "!=" or "<" or "<=" or ">" or ">=" or "matches"))
        {
            return new ExpectationOutcome(
                Verdict.Error, $"'{expectation.Operator}' is not an operator: use one of =, !=, <, <=, >, >=, matches.");
        }

        if (expectation.Operator == "matches")
        {
            return Match(expectation, observed);
        }

        if (expectation.Value.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return AgainstNull(expectation, observed);
        }

        if (observed is null)
        {
            return NoValue(expectation);
        }

        if (IsNaN(observed) || IsNaN(expectation.Value))
        {
            return NotANumber(expectation, observed);
        }

        return expectation.Operator is "=" or "!=" && BooleanOf(expectation.Value, literal: true) is { } wanted && BooleanOf(observed, literal: false) is { } seen
            ? Outcome(expectation, observed, (wanted == seen) == (expectation.Operator == "="))
            : Compare(expectation, observed);
    }

    private static ExpectationOutcome Compare(Expectation expectation, string observed)
    {
        var seenIsNumber = ExactNumber.TryParse(observed, out var seen);
        var wantedIsNumber = ExactNumber.TryParse(expectation.Value, out var wanted);
        if (seenIsNumber && wantedIsNumber)
        {
            return Outcome(expectation, observed, Holds(expectation.Operator, seen.CompareTo(wanted)));
        }

        var seenVersion = DottedVersion.Parse(observed);
        var wantedVersion = DottedVersion.Parse(expectation.Value);
        if (seenVersion is not null && wantedVersion is not null)
        {
            return Outcome(expectation, observed, Holds(expectation.Operator, seenVersion.CompareTo(wantedVersion)));
        }

        var orders = expectation.Operator is not ("=" or "!=");
        if (orders && (wantedIsNumber || wantedVersion is not null))
        {
            return new ExpectationOutcome(
                Verdict.Inconclusive,
                $"observed '{Shown(observed)}', which is not a {(wantedIsNumber ? "number" : "version")} and has no order against {expectation.Value}");
        }

        return Outcome(expectation, observed, Holds(expectation.Operator, string.CompareOrdinal(observed, expectation.Value)));
    }

    private static bool Holds(string @operator, int order) => @operator switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static ExpectationOutcome Match(Expectation expectation, string? observed)
    {
        if (observed is null)
        {
            return NoValue(expectation);
        }

        if (IsNaN(observed))
        {
            return NotANumber(expectation, observed);
        }

        try
        {
            var found = Regex.IsMatch(observed, expectation.Value, RegexOptions.CultureInvariant, MatchTimeLimit);
            return Outcome(expectation, observed, found);
        }
        catch (RegexMatchTimeoutException)
        {
            return new ExpectationOutcome(
                Verdict.Error, $"matching '{expectation.Value}' took longer than {MatchTimeLimit.TotalSeconds:0} s: write a simpler expression");
        }
        catch (ArgumentException wrong)
        {
            return new ExpectationOutcome(Verdict.Error, $"'{expectation.Value}' is not a regular expression: {wrong.Message}");
        }
    }

    private static ExpectationOutcome AgainstNull(Expectation expectation, string? observed) => expectation.Operator switch
    {
        "=" => Outcome(expectation, observed, observed is null),
        "!=" => Outcome(expectation, observed, observed is not null),
        _ => new ExpectationOutcome(Verdict.Error, $"'{expectation}' has no meaning: null can only be expected with = or !="),
    };

    private static ExpectationOutcome NoValue(Expectation expectation) =>
        new(Verdict.Inconclusive, $"there was no value to hold against '{expectation}'");

    private static ExpectationOutcome NotANumber(Expectation expectation, string observed) =>
        new(Verdict.Inconclusive, $"observed '{Shown(observed)}', expected {expectation}: NaN says nothing");

    private static ExpectationOutcome Outcome(Expectation expectation, string? observed, bool holds) =>
        new(holds ? Verdict.Passed : Verdict.Failed, $"observed {(observed is null ? "no value" : $"'{Shown(observed)}'")}, expected {expectation}");

    private static bool IsNaN(string text) => text.AsSpan().Trim() is "NaN" or "nan" or "NAN" or "-NaN" or "-nan";

    private static bool? BooleanOf(string text, bool literal) => text.ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" => false,
        "T" or "1" when !literal => true,
        "F" or "0" when !literal => false,
        _ => null,
    };

    // A message is one line for people; the whole value is in the evidence.
    private static string Shown(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), $"… ({text.Length} characters)");
}
