using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Command;

/// <summary>Runs the program and reads a number, or lines of a name and a number. A line <c>requests</c> that the spec declares says how many samples there were.</summary>
internal sealed class CommandMetricProbe(CommandMetricSpec metric, string directory, TimeProvider time) : IMetricProbe
{
    private readonly ProgramRunner _runner = new(time);

    public string Metric => metric.Name;

    public IReadOnlyList<EndpointSide> Sides => metric.Sides;

    public async Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
    {
        var moment = SteadyMoment.Begin(time);
        await Task.Delay(window, time, cancellationToken).ConfigureAwait(false);
        var call = new ProgramCall
        {
            Arguments = metric.Arguments,
            Directory = directory,
            Timeout = metric.Timeout,
            Environment = new Dictionary<string, string>
            {
                ["MIGRATIONTOOLS_SIDE"] = side.Word(),
                ["MIGRATIONTOOLS_WINDOW"] = window.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
            },
        };
        var outcome = await _runner.RunAsync(call, cancellationToken).ConfigureAwait(false);
        if (!outcome.Succeeded)
        {
            throw ProgramFailure.Of(outcome, metric.Arguments, metric.Timeout);
        }

        var output = EndpointRedaction.Redact(outcome.Output.Trim());
        var figures = Read(outcome.Output);
        var to = moment.Now;
        return new MetricWindow(metric.Name, side, moment.From, to)
        {
            Figures = figures,
            Samples = figures.TryGetValue(MetricFigures.Requests, out var requests) ? (long)Math.Max(0, requests) : figures.Count > 0 ? 1 : 0,
            Missing = figures.Count == metric.Names.Count ? null : output.Length == 0 ? "the program printed nothing" : $"the program printed no number for {string.Join(", ", metric.Names.Where(name => !figures.ContainsKey(name)))}",
            Evidence = new Evidence($"{EndpointRedaction.Redact(string.Join(' ', metric.Arguments))} ({side.Word()})", output.Length == 0 ? null : output, to),
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Dictionary<string, double> Read(string output)
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var name = words.Length == 1 ? MetricFigures.Value : words[0];
            if (words.Length <= 2 && metric.Names.Contains(name)
                && double.TryParse(words[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                figures[name] = number;
            }
        }

        return figures;
    }
}
