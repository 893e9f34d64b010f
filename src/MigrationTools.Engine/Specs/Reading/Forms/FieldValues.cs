using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>What was read of a mapping's keys.</summary>
internal sealed class FieldValues(MappingNode node)
{
    private readonly Dictionary<Field, SpecNode> _given = [];
    private readonly Dictionary<Field, object?> _read = [];

    /// <summary>The mapping itself.</summary>
    public MappingNode Node { get; } = node;

    /// <summary>Whether the key is there, with or without mistakes.</summary>
    public bool IsGiven(Field field) => _given.ContainsKey(field);

    /// <summary>The key's value as it stands in the text; the mapping where the key is not given.</summary>
    public SpecNode NodeOf(Field field) => _given.GetValueOrDefault(field, Node);

    /// <summary>The value of a required key, or of one with a default.</summary>
    public T Of<T>(Field<T> field) => _read.TryGetValue(field, out var value) ? (T)value! : field.WhenMissing!;

    /// <summary>The value; null where the key is not given or has a mistake.</summary>
    public T? Find<T>(Field<T> field)
        where T : class => _read.TryGetValue(field, out var value) ? (T?)value : field.WhenMissing;

    /// <summary>Likewise for a value type.</summary>
    public T? FindValue<T>(Field<T> field)
        where T : struct => _read.TryGetValue(field, out var value) ? (T?)value : null;

    /// <summary>Whether the key is there and without mistakes.</summary>
    public bool IsRead(Field field) => _read.ContainsKey(field);

    /// <summary>Takes a key's value.</summary>
    public bool TryRead(Field field, SpecNode value, ReadingContext context)
    {
        _given[field] = value;
        var isRead = field.TryRead(value, context, out var read);
        if (isRead)
        {
            _read[field] = read;
        }

        return isRead;
    }
}
