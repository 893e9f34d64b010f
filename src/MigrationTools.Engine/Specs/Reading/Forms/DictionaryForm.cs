using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A mapping whose keys the user chooses.</summary>
/// <param name="item">The form of the values.</param>
/// <param name="expected">Completes "expected …".</param>
/// <param name="keyPattern">What keys may look like, and those words; null takes any text.</param>
internal class DictionaryForm<T>(Form<T> item, string expected, (Regex Pattern, string Expected)? keyPattern = null) : Form<IReadOnlyDictionary<string, T>>
{
    public override string Expected { get; } = expected;

    public override IEnumerable<Form> Parts => [item];

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = definitions.Use(item) };
        if (keyPattern is { } key)
        {
            schema.Add("propertyNames", new JsonObject { ["pattern"] = key.Pattern.ToString() });
        }

        return schema;
    }

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, T> value)
    {
        value = null;
        if (node is not MappingNode mapping)
        {
            Misfit(node, context);
            return false;
        }

        var before = context.MistakeCount;
        var items = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, element) in mapping.Entries)
        {
            CheckKey(key, context);
            context.Within(key.Text, () =>
            {
                var isRead = TryReadItem(key.Text, element, context, out var read);
                if (isRead)
                {
                    items.Add(key.Text, read!);
                }

                return isRead;
            });
        }

        value = items;
        return context.MistakeCount == before && items.Count == mapping.Entries.Count;
    }

    /// <summary>Reads one value.</summary>
    protected virtual bool TryReadItem(string key, SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out T value) => item.TryRead(node, context, out value);

    private void CheckKey(ScalarNode key, ReadingContext context)
    {
        if (keyPattern is { } pattern && !pattern.Pattern.Fits(key.Text))
        {
            context.Mistake(key, $"expected {pattern.Expected} as a key, found {Echo.Quote(key.Text)}.");
        }
        else if (string.IsNullOrWhiteSpace(key.Text) || key.Text.Any(char.IsControl))
        {
            context.Mistake(key, $"expected text as a key, found {Echo.Quote(key.Text)}.");
        }
    }
}
