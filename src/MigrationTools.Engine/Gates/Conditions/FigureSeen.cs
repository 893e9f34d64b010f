using System.Globalization;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>What was seen of a figure when a condition was looked at.</summary>
/// <param name="Figure">As the condition spells it, with its metric.</param>
/// <param name="Value">Milliseconds for times, shares of 1 for rates; null where it can't be used.</param>
/// <param name="Samples">Samples behind it.</param>
/// <param name="Missing">Why it can't be used; null where it can.</param>
public sealed record FigureSeen(string Figure, double? Value, long Samples, string? Missing)
{
    public override string ToString() => Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{Figure} = {value:0.######} ({Samples} samples)")
        : $"{Figure}: {Missing}";
}
