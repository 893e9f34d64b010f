using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>A pair of columns that is compared.</summary>
/// <param name="Name">The target's name.</param>
/// <param name="Source">How it is read on the source.</param>
/// <param name="Target">How it is read on the target.</param>
/// <param name="Meaning">What its values are compared as.</param>
internal sealed record ComparedColumn(string Name, ReadColumn Source, ReadColumn Target, ColumnMeaning Meaning);
