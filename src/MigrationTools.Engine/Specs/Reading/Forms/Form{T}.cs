using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A form whose values become <typeparamref name="T"/>.</summary>
internal abstract class Form<T> : Form
{
    /// <summary>Reads a value; false after every mistake in it was noted.</summary>
    public bool TryRead(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out T value)
    {
        if (node is BrokenNode)
        {
            value = default;
            return false;
        }

        return TryReadNode(node, context, out value);
    }

    /// <summary>A value as the user would write it, to show a default.</summary>
    public virtual JsonNode? Show(T value) => null;

    protected abstract bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out T value);

    /// <summary>Notes that the value has not this form.</summary>
    protected void Misfit(SpecNode node, ReadingContext context, string advice = "") =>
        context.Mistake(node, $"expected {Expected}, found {node.Describe()}{(advice.Length == 0 ? "." : advice)}");
}
