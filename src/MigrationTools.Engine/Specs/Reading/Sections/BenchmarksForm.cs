using System.Diagnostics.CodeAnalysis;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The benchmarks by name.</summary>
internal sealed class BenchmarksForm() : DictionaryForm<BenchmarkSpec>(
    new BenchmarkSection(),
    "a mapping of benchmarks' names to benchmarks",
    (Patterns.Id(), "a name of letters, digits, '-', '_' and '.', at most 80,"))
{
    protected override bool TryReadItem(string key, SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out BenchmarkSpec value)
    {
        value = base.TryReadItem(key, node, context, out var read) ? read with { Name = key } : null;
        return value is not null;
    }
}
