using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>One system; its <c>kind</c> says which keys it has.</summary>
internal sealed class SystemForm : Form<SystemSpec>
{
    private const string KindKey = "kind";

    private readonly Dictionary<string, MappingForm<SystemSpec>> _kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["database"] = new DatabaseSystemSection(),
        ["http"] = new HttpSystemSection(),
        ["traffic"] = new TrafficSystemSection(),
        ["command"] = new CommandSystemSection(),
    };

    public override string Expected => $"a mapping with the kind ({Kinds("or")}) of the system and its keys";

    public override IEnumerable<Form> Parts => _kinds.Values;

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["oneOf"] = new JsonArray([.. _kinds.Values.Select(definitions.Use)]) };

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out SystemSpec value)
    {
        value = null;
        if (node is not MappingNode mapping)
        {
            Misfit(node, context);
            return false;
        }

        return FindKind(mapping, context) is { } kind && kind.TryRead(node, context, out value);
    }

    /// <summary>The form of the kind; of the nearest one where the word is wrong, so that mistakes in the other keys are told too.</summary>
    private MappingForm<SystemSpec>? FindKind(MappingNode mapping, ReadingContext context)
    {
        if (mapping.Find(KindKey) is not { } entry)
        {
            var misspelt = NearestName.Find(KindKey, mapping.Entries.Select(other => other.Key.Text));
            var advice = misspelt is null ? "." : $"; did you mean it by {Echo.Quote(misspelt)}?";
            context.Mistake(mapping, $"the key 'kind' is missing: {Kinds("or")}{advice}");
            return null;
        }

        var word = entry.Value is ScalarNode { IsNull: false } scalar ? scalar.Text : null;
        var name = word is null ? null : NearestName.Find(word, _kinds.Keys);
        if (word is null || !_kinds.TryGetValue(word, out var form))
        {
            var nearest = name is null ? "." : $"; did you mean '{name}'?";
            context.MistakeWithin(KindKey, entry.Value, $"expected {Kinds("or")}, found {entry.Value.Describe()}{nearest}");
            form = name is null ? null : _kinds[name];
        }
        else
        {
            name = word.ToLowerInvariant();
        }

        context.Systems.Current!.Kind = name;
        return form;
    }

    private string Kinds(string last) => Words.List(_kinds.Keys, last);
}
