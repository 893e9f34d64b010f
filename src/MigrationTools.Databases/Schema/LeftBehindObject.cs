namespace MigrationTools.Databases.Schema;

/// <summary>Something of the source's schema that the target does not get, or gets in another form.</summary>
/// <param name="Kind">default, check, foreign key, index, collation, generated column, identity, unique key, view, sequence, trigger …</param>
/// <param name="Name">Its name on the source, with table where it belongs to one.</param>
/// <param name="Reason">Why, and what the target has instead.</param>
/// <param name="Definition">Its SQL on the source, where there is any.</param>
public sealed record LeftBehindObject(string Kind, string Name, string Reason, string? Definition = null);
