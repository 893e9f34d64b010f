namespace MigrationTools.Engine.Databases;

/// <summary>An object of a database outside the model.</summary>
/// <param name="Kind">trigger, function, type, extension, materialized view …</param>
/// <param name="Name">Its name, with schema where it has one.</param>
/// <param name="Definition">Its source as the server gives it, where it does.</param>
public sealed record OtherObject(string Kind, string Name, string? Definition);
