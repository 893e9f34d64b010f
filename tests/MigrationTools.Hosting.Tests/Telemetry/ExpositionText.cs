using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationTools.Hosting.Tests.Telemetry;

/// <summary>
/// Reads Prometheus' text format 0.0.4 by its rules (https://prometheus.io/docs/instrumenting/exposition_formats/) and refuses all else: HELP and TYPE once a
/// metric and before its samples, samples of a metric together, names and escapes as they must be, no sample twice, a line end at the end.
/// </summary>
internal sealed partial class ExpositionText
{
    private ExpositionText(IReadOnlyDictionary<string, string> types, IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> samples) =>
        (Types, Samples) = (types, samples);

    public IReadOnlyDictionary<string, string> Types { get; }

    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> Samples { get; }

    public double Value(string name, params (string Name, string Value)[] labels) =>
        Samples.Single(sample => sample.Name == name && labels.All(label => sample.Labels.TryGetValue(label.Name, out var value) && value == label.Value)).Value;

    public static ExpositionText Parse(string text)
    {
        Demand(text.EndsWith('\n'), "the last line has no end");
        Demand(!text.Contains('\r', StringComparison.Ordinal), "lines end with a line feed alone");
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var helped = new HashSet<string>(StringComparer.Ordinal);
        var samples = new List<(string, IReadOnlyDictionary<string, string>, double)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? current = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (HelpLine().Match(line) is { Success: true } help)
            {
                Demand(helped.Add(help.Groups["name"].Value), $"a second HELP: {line}");
            }
            else if (TypeLine().Match(line) is { Success: true } type)
            {
                current = type.Groups["name"].Value;
                Demand(helped.Contains(current), $"no HELP before: {line}");
                Demand(types.TryAdd(current, type.Groups["type"].Value), $"a second TYPE: {line}");
            }
            else
            {
                var sample = SampleLine().Match(line);
                Demand(sample.Success, $"no sample: {line}");
                Demand(sample.Groups["name"].Value == current, $"a sample away from its metric: {line}");
                Demand(seen.Add(line[..line.LastIndexOf(' ')]), $"a sample twice: {line}");
                var labels = sample.Groups["label"].Captures.Select(label => label.Value).Zip(sample.Groups["value"].Captures.Select(value => value.Value))
                    .ToDictionary(pair => pair.First, pair => Unescape(pair.Second), StringComparer.Ordinal);
                samples.Add((current!, labels, sample.Groups["number"].Value switch
                {
                    "+Inf" => double.PositiveInfinity,
                    "-Inf" => double.NegativeInfinity,
                    "NaN" => double.NaN,
                    var number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture),
                }));
            }
        }

        return new ExpositionText(types, samples);
    }

    private static string Unescape(string text) => Escape().Replace(text, match => match.Value switch
    {
        "\\n" => "\n",
        var other => other[1..],
    });

    private static void Demand(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new FormatException(otherwise);
        }
    }

    [GeneratedRegex(@"\A# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\]|\\\\|\\n)+\z")]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"\A# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary|untyped)\z")]
    private static partial Regex TypeLine();

    [GeneratedRegex("""\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\]|\\\\|\\"|\\n)*)"(?:,(?!\})|(?=\})))*\})? (?<number>[+-]Inf|NaN|-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?)\z""")]
    private static partial Regex SampleLine();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
