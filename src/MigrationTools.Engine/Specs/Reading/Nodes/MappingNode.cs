namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>A mapping; its keys are texts, each of them once.</summary>
internal sealed class MappingNode(int line, int column, IReadOnlyList<MappingEntry> entries) : SpecNode(line, column)
{
    public IReadOnlyList<MappingEntry> Entries { get; } = entries;

    public override int Height { get; } = 1 + entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max();

    public override long Size { get; } = 1 + entries.Sum(entry => entry.Value.Size);

    public MappingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key);

    public override string Describe() => "a mapping";
}
