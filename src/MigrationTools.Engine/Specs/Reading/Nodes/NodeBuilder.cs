namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>What both parsers hold every list and mapping to: keys once, and bounds that no alias expands beyond.</summary>
internal sealed class NodeBuilder(ReadingContext context)
{
    /// <summary>Levels of nesting; a spec needs eight.</summary>
    public const int MaxDepth = 64;

    /// <summary>Values in a spec with its aliases expanded; a thousand tables with a hundred renamed columns each have fewer.</summary>
    public const long MaxSize = 250_000;

    private long _count;

    /// <summary>Counts a value as it is met, so that a huge file is refused before it is read through.</summary>
    public void Count(int line, int column)
    {
        if (++_count > MaxSize)
        {
            throw TooMany(line, column);
        }
    }

    /// <summary>Refuses to go deeper.</summary>
    public void Enter(int depth, int line, int column)
    {
        if (depth > MaxDepth)
        {
            throw context.Refuse(line, column, $"the nesting is deeper than {MaxDepth} levels.");
        }
    }

    public ListNode List(int line, int column, IReadOnlyList<SpecNode> items, int depth) => Bounded(new ListNode(line, column, items), depth);

    public MappingNode Mapping(int line, int column, IEnumerable<(SpecNode Key, SpecNode Value)> pairs, int depth)
    {
        var entries = new List<MappingEntry>();
        var seen = new Dictionary<string, ScalarNode>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            if (key is not ScalarNode { IsNull: false } name)
            {
                ReportKey(key);
            }
            else if (seen.TryGetValue(name.Text, out var first))
            {
                context.Mistake(name, $"the key {Echo.Quote(name.Text)} is given twice (first in line {first.Line}, column {first.Column}).");
            }
            else
            {
                seen.Add(name.Text, name);
                entries.Add(new MappingEntry(name, value));
            }
        }

        return Bounded(new MappingNode(line, column, entries), depth);
    }

    /// <summary>Bounds a value that an alias puts at some depth.</summary>
    public T Bounded<T>(T node, int depth)
        where T : SpecNode
    {
        Enter(depth + node.Height - 1, node.Line, node.Column);
        return node.Size <= MaxSize ? node : throw TooMany(node.Line, node.Column);
    }

    private SpecException TooMany(int line, int column) =>
        context.Refuse(line, column, $"there are more than {MaxSize} values up to here, with aliases expanded; this is no spec.");

    private void ReportKey(SpecNode key)
    {
        if (key is not BrokenNode)
        {
            context.Mistake(key, $"expected text as a key, found {key.Describe()}.");
        }
    }
}
