namespace MigrationTools.Databases.Schema;

/// <summary>SQL that makes the target's schema, to be run in one transaction.</summary>
/// <param name="Origin">Where it is from: names of scripts, or "converted from the source".</param>
/// <param name="Statements">In order; a script is one entry of several statements.</param>
/// <param name="Notes">Objects of the source that are not carried over, each with its reason.</param>
public sealed record SchemaChange(string Origin, IReadOnlyList<string> Statements, IReadOnlyList<string> Notes);
