namespace MigrationTools.Engine.Specs.Reading;

/// <summary>Lists of words in a sentence.</summary>
internal static class Words
{
    /// <summary>a; a or b; a, b or c.</summary>
    public static string List(IEnumerable<string> words, string last)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} {last} {all[^1]}";
    }
}
