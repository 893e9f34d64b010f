using System.Globalization;
using System.Text;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>Writes figures in Prometheus' text format, version 0.0.4 ("Exposition formats" in its documentation): what node_exporter's textfile collector reads.</summary>
internal static class PrometheusText
{
    public static string Write(IEnumerable<MetricPoint> points)
    {
        var text = new StringBuilder();

        // All lines of a metric stand together, under their HELP and TYPE; the order is always the same, so that a file that says the same is the same.
        foreach (var family in points.GroupBy(point => point.Family).OrderBy(family => family.Key.PrometheusName, StringComparer.Ordinal))
        {
            var name = family.Key.PrometheusName;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {EscapeHelp(family.Key.Help)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(family.Key.Kind == MetricKind.Counter ? "counter" : "gauge")}\n");
            foreach (var line in family.Select(LineOf).Order(StringComparer.Ordinal))
            {
                text.Append(line);
            }
        }

        return text.ToString();
    }

    private static string LineOf(MetricPoint point) =>
        $"{point.Family.PrometheusName}{{{string.Join(',', point.Labels.Select(label => $"{label.Key}=\"{EscapeLabel(label.Value)}\""))}}} {NumberOf(point.Value)}\n";

    private static string NumberOf(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string EscapeHelp(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
