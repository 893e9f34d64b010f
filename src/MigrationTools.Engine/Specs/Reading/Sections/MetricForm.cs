using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>Where measurements come from; the key that names the source says which other keys there are.</summary>
internal sealed class MetricForm : Form<MetricSpec>
{
    private readonly Dictionary<string, MappingForm<MetricSpec>> _sources = new(StringComparer.Ordinal)
    {
        ["http"] = new HttpMetricSection(),
        ["prometheus"] = new PrometheusMetricSection(),
        ["sql"] = new SqlMetricSection(),
        ["router"] = new RouterMetricSection(),
        ["command"] = new CommandMetricSection(),
        ["k6"] = new K6MetricSection(),
        ["jmeter"] = new JMeterMetricSection(),
    };

    public override string Expected => $"a mapping with {Words.List(_sources.Keys, "or")}";

    public override string Definition => "metric";

    public override IEnumerable<Form> Parts => _sources.Values;

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["oneOf"] = new JsonArray([.. _sources.Values.Select(definitions.Use)]) };

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out MetricSpec value)
    {
        value = null;
        if (node is not MappingNode mapping)
        {
            Misfit(node, context);
            return false;
        }

        var named = _sources.Where(source => mapping.Find(source.Key) is not null).ToList();
        if (named.Count > 1)
        {
            context.Mistake(node, $"expected one of {Words.List(_sources.Keys, "and")}, found {Words.List(named.Select(source => $"'{source.Key}'"), "and")}.");
            return false;
        }

        var form = named.Count == 1 ? named[0].Value : Misspelt(mapping);
        if (form is null)
        {
            context.Mistake(node, $"expected {Expected}, found {(mapping.Entries.Count == 0 ? "an empty mapping" : $"one with {Words.List(mapping.Entries.Take(5).Select(entry => Echo.Quote(entry.Key.Text)), "and")}")}.");
            return false;
        }

        return form.TryRead(node, context, out value);
    }

    /// <summary>The source that a key is close to; its own form then tells the slip.</summary>
    private MappingForm<MetricSpec>? Misspelt(MappingNode mapping) => mapping.Entries
        .Select(entry => NearestName.Find(entry.Key.Text, _sources.Keys))
        .OfType<string>()
        .Select(name => _sources[name])
        .FirstOrDefault();
}
