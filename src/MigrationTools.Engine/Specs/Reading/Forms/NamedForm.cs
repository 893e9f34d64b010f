using System.Diagnostics.CodeAnalysis;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A mapping of names to things that know their names, in the order of the text.</summary>
internal sealed class NamedForm<T>(Form<T> item, string expected, Func<string, T, T> name)
    : DictionaryForm<T>(item, expected, (Patterns.Name(), "a name of letters, digits, '-' and '_', at most 80,"))
{
    protected override bool TryReadItem(string key, SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out T value)
    {
        var isRead = base.TryReadItem(key, node, context, out var read);
        value = isRead ? name(key, read!) : default;
        return isRead;
    }
}
