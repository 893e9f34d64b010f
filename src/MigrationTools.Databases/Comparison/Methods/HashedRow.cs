using MigrationTools.Databases.Comparison.Canonical;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>How both sides make the hash of a row.</summary>
/// <param name="Columns">In the order of the query's columns, the key first.</param>
/// <param name="KeyCount">How many are the key; 0 takes the whole row for it.</param>
/// <param name="Salt">Drawn at random for each comparison, so that what collides can't be known before.</param>
internal sealed record HashedRow(IReadOnlyList<HashedColumn> Columns, int KeyCount, long Salt);

/// <summary>How both sides make the hash of a column.</summary>
/// <param name="Form">What the engine calls the way.</param>
/// <param name="Meaning">What the values are compared as.</param>
internal sealed record HashedColumn(string Form, ColumnMeaning Meaning);
