using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A mapping of one of several forms; the one key that is in no other form says which.</summary>
/// <param name="definition">Its name in the schema.</param>
/// <param name="forms">That key → the form.</param>
internal class KeyedForm<T>(string definition, IReadOnlyDictionary<string, MappingForm<T>> forms) : Form<T>
{
    public override string Expected => $"a mapping with {Words.List(forms.Keys, "or")}";

    public override string Definition => definition;

    public override IEnumerable<Form> Parts => forms.Values;

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["oneOf"] = new JsonArray([.. forms.Values.Select(definitions.Use)]) };

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not MappingNode mapping)
        {
            Misfit(node, context);
            return false;
        }

        var named = forms.Where(form => mapping.Find(form.Key) is not null).ToList();
        if (named.Count > 1)
        {
            context.Mistake(node, $"expected one of {Words.List(forms.Keys, "and")}, found {Words.List(named.Select(form => $"'{form.Key}'"), "and")}.");
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

    /// <summary>The form that a key is close to; it then tells the slip.</summary>
    private MappingForm<T>? Misspelt(MappingNode mapping) => mapping.Entries
        .Select(entry => NearestName.Find(entry.Key.Text, forms.Keys))
        .OfType<string>()
        .Select(name => forms[name])
        .FirstOrDefault();
}
