using System.Globalization;

namespace MigrationTools.Benchmarks;

/// <summary>Times of one contender.</summary>
internal sealed record Measurement(string Name)
{
    public List<double> Seconds { get; } = [];

    public List<double> PeakMegabytes { get; } = [];

    public double Median => MedianOf(Seconds);

    public string Row(double reference) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Median:0.00} | {Seconds.Min():0.00}–{Seconds.Max():0.00} | {Median / reference:0.00} | {(PeakMegabytes.Count == 0 ? "" : $"{PeakMegabytes.Max():0}")} |");

    private static double MedianOf(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
