using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A key whose values become <typeparamref name="T"/>.</summary>
internal sealed class Field<T> : Field
{
    private readonly Form<T> _form;

    /// <summary>A key without a default.</summary>
    public Field(string name, Form<T> form, bool isRequired, string meaning)
        : base(name, isRequired, meaning) => _form = form;

    /// <summary>A key with one.</summary>
    public Field(string name, Form<T> form, string meaning, T whenMissing)
        : base(name, isRequired: false, meaning)
    {
        _form = form;
        WhenMissing = whenMissing;
        Default = form.Show(whenMissing);
    }

    public override Form Form => _form;

    /// <summary>The value where the key is not given.</summary>
    public T? WhenMissing { get; }

    public override JsonNode? Default { get; }

    public override bool TryRead(SpecNode node, ReadingContext context, out object? value)
    {
        var isRead = _form.TryRead(node, context, out var read);
        value = read;
        return isRead;
    }
}
