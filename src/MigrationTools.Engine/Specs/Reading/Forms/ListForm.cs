using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A list whose items all have one form. It may be empty unless its subject says otherwise.</summary>
/// <param name="item">The items' form.</param>
/// <param name="expected">Completes "expected …".</param>
/// <param name="items">Whether two items may be the same. This looks at the text, so that a twin with another mistake is found in the same pass.</param>
internal sealed class ListForm<T>(Form<T> item, string expected, ListItems items = ListItems.Any) : Form<IReadOnlyList<T>>
{
    public override string Expected { get; } = expected;

    public override IEnumerable<Form> Parts => [item];

    public override JsonNode Show(IReadOnlyList<T> value) => new JsonArray([.. value.Select(item.Show)]);

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "array", ["items"] = definitions.Use(item) };

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (node is not ListNode list)
        {
            Misfit(node, context, node is ScalarNode { IsNull: false } ? "; put it in [ ]." : string.Empty);
            return false;
        }

        var read = new List<T>();
        var names = new Dictionary<string, SpecNode>(StringComparer.Ordinal);
        var before = context.MistakeCount;
        for (var index = 0; index < list.Items.Count; index++)
        {
            var element = list.Items[index];
            context.Within($"[{index}]", () => TryAdd(element, read, context) & IsNew(element, names, context));
        }

        value = read;
        return context.MistakeCount == before && read.Count == list.Items.Count;
    }

    /// <summary>Of a mapping its <c>name</c>, of anything else its text.</summary>
    private static string? NameOf(SpecNode node) => (node is MappingNode mapping ? mapping.Find("name")?.Value : node) is ScalarNode { IsNull: false } scalar ? scalar.Text : null;

    private bool TryAdd(SpecNode element, List<T> values, ReadingContext context)
    {
        if (!item.TryRead(element, context, out var value))
        {
            return false;
        }

        values.Add(value);
        return true;
    }

    private bool IsNew(SpecNode element, Dictionary<string, SpecNode> names, ReadingContext context)
    {
        var name = items == ListItems.Unique ? NameOf(element) : null;
        if (name is null || names.TryAdd(name, element))
        {
            return true;
        }

        context.Mistake(element, $"{Echo.Quote(name)} is there twice (first in line {names[name].Line}, column {names[name].Column}).");
        return false;
    }
}
