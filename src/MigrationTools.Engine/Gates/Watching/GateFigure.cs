using System.Globalization;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>A figure beside what it may be, at one measurement.</summary>
/// <param name="Figure">As a condition spells it, such as <c>baseline.api.p95</c>.</param>
/// <param name="Value">Milliseconds for times, shares of 1 for rates; null where it can't be used.</param>
/// <param name="Samples">Samples behind it.</param>
public sealed record GateFigure(string Figure, double? Value, long Samples)
{
    /// <summary>Samples that it takes.</summary>
    public long Needed { get; init; }

    /// <summary>How the condition compares it, such as <c>&lt;</c>; null where it is only part of another figure's limit.</summary>
    public string? Comparison { get; init; }

    /// <summary>What it is compared with, in the figure's unit; null where that is not known now.</summary>
    public double? Limit { get; init; }

    /// <summary>Why it can't be used; null where it can.</summary>
    public string? Missing { get; init; }

    /// <summary>The value with its unit, such as <c>24.1 ms</c>; a dash where there is none.</summary>
    public string Now => Value is { } known ? Show(known) : "-";

    /// <summary>The limit with its unit, such as <c>&lt; 250 ms</c>; a dash where there is none.</summary>
    public string May => Limit is { } known ? $"{Comparison} {Show(known)}" : "-";

    private string Show(double value)
    {
        var name = Figure[(Figure.LastIndexOf('.') + 1)..];
        return ConditionUnits.IsTime(name) ? string.Create(CultureInfo.InvariantCulture, $"{value:0.#} ms")
            : name is MetricFigures.ErrorRate or MetricFigures.Availability ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.###} %")
            : value.ToString("0.######", CultureInfo.InvariantCulture);
    }
}
