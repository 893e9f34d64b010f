using System.Diagnostics.CodeAnalysis;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>Brings free text to a length that a report can hold, and says so where it was cut.</summary>
internal static class ReportText
{
    /// <summary>
    /// Messages, queries, endpoints. Redacted once more: whoever wrote them must not have left a secret in them, and a
    /// report is what leaves the house.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Message(string? text) => text is null ? null : Cut(EndpointRedaction.Redact(text), ReportLimits.TextLength);

    /// <summary>A value of the data: as it is, for a redacted value would look like a difference that is not there.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Value(string? text) => text is null ? null : Cut(text, ReportLimits.ValueLength);

    public static CheckResult Check(CheckResult check) => check with
    {
        Name = Message(check.Name),
        Message = Message(check.Message),
        Remedy = Message(check.Remedy),
        Evidence = Evidence(check.Evidence),
    };

    public static IReadOnlyList<Evidence> Evidence(IReadOnlyList<Evidence> evidence)
    {
        var kept = evidence.Take(ReportLimits.Evidence).Select(piece => piece with
        {
            Source = Message(piece.Source),
            Observed = Value(piece.Observed),
            Expected = Value(piece.Expected),
            Endpoint = Message(piece.Endpoint),
        }).ToList();
        if (evidence.Count > kept.Count)
        {
            kept.Add(new Evidence($"{Figures.Count(evidence.Count - kept.Count)} more pieces of evidence are in the journal", null, evidence[^1].At));
        }

        return kept;
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // Never between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return $"{text.AsSpan(0, end)}… (cut: {Figures.Count(text.Length)} characters)";
    }
}
