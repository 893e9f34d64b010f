namespace MigrationTools.Engine.Endpoints;

/// <summary>A text and the references in it, so that a search steps over them whole: the colon in <c>${env:NAME}</c> is not a separator.</summary>
internal sealed class ReferenceMap
{
    private readonly IReadOnlyList<SecretSpan> _references;

    public ReferenceMap(string text)
    {
        Text = text;
        _references = SecretReferences.Spans(text);
    }

    public string Text { get; }

    /// <summary>Where the reference that begins at an index ends; null where none begins there.</summary>
    public int? EndOfReferenceAt(int index) => Enclosing(index) is { } reference && reference.Start == index ? reference.End : null;

    /// <summary>The first index in the range at which a character stands outside every reference; -1 where there is none.</summary>
    public int IndexOf(char character, int start, int end)
    {
        var index = start;
        while (index < end)
        {
            index = Text.IndexOf(character, index, end - index);
            if (index < 0 || Enclosing(index) is not { } reference)
            {
                return index;
            }

            index = reference.End;
        }

        return -1;
    }

    /// <summary>Likewise the last.</summary>
    public int LastIndexOf(char character, int start, int end)
    {
        var index = end;
        while (index > start)
        {
            index = Text.LastIndexOf(character, index - 1, index - start);
            if (index < 0 || Enclosing(index) is not { } reference)
            {
                return index;
            }

            index = reference.Start;
        }

        return -1;
    }

    /// <summary>References don't overlap and are in order, so halving finds the only one that can hold the index.</summary>
    private SecretSpan? Enclosing(int index)
    {
        var low = 0;
        var high = _references.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var reference = _references[middle];
            if (index < reference.Start)
            {
                high = middle - 1;
            }
            else if (index >= reference.End)
            {
                low = middle + 1;
            }
            else
            {
                return reference;
            }
        }

        return null;
    }
}
