namespace MigrationTools.Engine.Databases;

/// <summary>A database's structure as it was read at one moment.</summary>
public sealed record DatabaseSchema
{
    /// <summary>In order of schema and name (ordinal).</summary>
    public IReadOnlyList<TableSchema> Tables { get; init; } = [];

    public IReadOnlyList<ViewSchema> Views { get; init; } = [];

    /// <summary>Sequences that no column owns.</summary>
    public IReadOnlyList<string> Sequences { get; init; } = [];

    /// <summary>Triggers, functions, types and the like that are there but not part of this model: kind and name, so that none is passed over in silence.</summary>
    public IReadOnlyList<OtherObject> Others { get; init; } = [];

    /// <summary>The table of that name, or null. A name without schema matches in any schema where it is unique.</summary>
    public TableSchema? Find(TableName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var matches = Tables.Where(table => table.Name.Name == name.Name && (name.Schema is null || table.Name.Schema == name.Schema)).Take(2).ToList();
        return matches.Count == 1 ? matches[0] : null;
    }
}
