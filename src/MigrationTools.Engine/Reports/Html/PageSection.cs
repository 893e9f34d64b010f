namespace MigrationTools.Engine.Reports.Html;

/// <summary>A section of the page.</summary>
/// <param name="Id">The id of its heading.</param>
/// <param name="Title">As the navigation names it.</param>
/// <param name="Body">Its heading and content.</param>
internal sealed record PageSection(string Id, string Title, Markup Body);
