using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The systems by name; at least one.</summary>
internal sealed class SystemsForm() : DictionaryForm<SystemSpec>(
    new SystemForm(),
    "a mapping of systems' names to systems",
    (Patterns.Name(), "a name of letters, digits, '-' and '_', at most 80,"))
{
    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = base.Schema(definitions);
        schema.Add("minProperties", 1);
        return schema;
    }

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, SystemSpec> value)
    {
        if (node is MappingNode { Entries.Count: 0 })
        {
            context.Mistake(node, "there is no system; expected at least one.");
            value = null;
            return false;
        }

        return base.TryReadNode(node, context, out value);
    }

    protected override bool TryReadItem(string key, SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out SystemSpec value)
    {
        var read = context.Systems.Reading(key, () => base.TryReadItem(key, node, context, out var system) ? system : null);
        value = read is null ? null : read with { Name = key };
        return read is not null;
    }
}
