namespace MigrationTools.Engine.Databases;

/// <summary>Several stretches of a column of whole numbers that is never NULL.</summary>
/// <param name="Column">The name of one of <see cref="RowQuery.Columns"/>.</param>
/// <param name="Spans">At least one; no two share a value.</param>
public sealed record KeySpans(string Column, IReadOnlyList<KeySpan> Spans);
