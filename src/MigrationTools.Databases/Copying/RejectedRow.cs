namespace MigrationTools.Databases.Copying;

/// <summary>A row that the target can't take.</summary>
/// <param name="Line">Its line of JSON, with the line feed.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record RejectedRow(byte[] Line, string Reason);
