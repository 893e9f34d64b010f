using System.Diagnostics.CodeAnalysis;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The metrics by name.</summary>
internal sealed class MetricsForm() : DictionaryForm<MetricSpec>(
    new MetricForm(),
    "a mapping of metrics' names to metrics",
    (Patterns.MetricName(), "a name of letters, digits and '_', at most 80, no digit first,"))
{
    protected override bool TryReadItem(string key, SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out MetricSpec value)
    {
        value = null;
        if (ConditionParser.ReservedWords.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            context.Mistake(node, $"{Echo.Quote(key)} has a meaning in conditions and can't be a metric's name.");
        }
        else if (base.TryReadItem(key, node, context, out var read))
        {
            value = read with { Name = key };
            context.Metrics.Add(value);
            return true;
        }

        context.Metrics.AddBroken(key);
        return false;
    }
}
