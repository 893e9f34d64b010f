namespace MigrationTools.Engine.Tests.Specs;

/// <summary>A text with a § in it, which marks the place that a test is about.</summary>
internal sealed record Place(string Text, int Line, int Column)
{
    public static Place Of(string marked)
    {
        var index = marked.IndexOf('§', StringComparison.Ordinal);
        index.ShouldBeGreaterThanOrEqualTo(0, "the text has no § that marks the place");
        var before = marked[..index];
        return new Place(marked.Remove(index, 1), before.Count(character => character == '\n') + 1, index - before.LastIndexOf('\n'));
    }
}
