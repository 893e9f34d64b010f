using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A key whose values become <typeparamref name="T"/>.</summary>
internal sealed class Field<T>(string name, Form<T> form, bool isRequired, string meaning, T? whenMissing = default) : Field(name, isRequired, meaning)
{
    public override Form Form => form;

    /// <summary>The value where the key is not given.</summary>
    public T? WhenMissing { get; } = whenMissing;

    public override JsonNode? Default => IsRequired || WhenMissing is null ? null : form.Show(WhenMissing);

    public override bool TryRead(SpecNode node, ReadingContext context, out object? value)
    {
        var isRead = form.TryRead(node, context, out var read);
        value = read;
        return isRead;
    }
}
