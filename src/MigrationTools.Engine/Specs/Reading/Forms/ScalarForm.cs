using System.Diagnostics.CodeAnalysis;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A form of one value, neither a list nor a mapping.</summary>
internal abstract class ScalarForm<T> : Form<T>
{
    /// <summary>Reads the value, or says what is wrong: null where all is well, the empty text for "expected …, found …", or a sentence of its own.</summary>
    protected abstract string? Parse(ScalarNode scalar, ReadingContext context, out T? value);

    protected sealed override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not ScalarNode { IsNull: false } scalar)
        {
            Misfit(node, context);
            return false;
        }

        switch (Parse(scalar, context, out value))
        {
            case null:
                return value is not null;
            case "":
                Misfit(node, context);
                return false;
            case var problem:
                context.Mistake(node, problem);
                return false;
        }
    }
}
