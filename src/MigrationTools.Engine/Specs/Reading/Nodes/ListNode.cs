namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>A list.</summary>
internal sealed class ListNode(int line, int column, IReadOnlyList<SpecNode> items) : SpecNode(line, column)
{
    public IReadOnlyList<SpecNode> Items { get; } = items;

    public override int Height { get; } = 1 + items.Select(item => item.Height).DefaultIfEmpty().Max();

    public override long Size { get; } = 1 + items.Sum(item => item.Size);

    public override string Describe() => "a list";
}
