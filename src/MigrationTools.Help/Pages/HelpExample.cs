namespace MigrationTools.Help.Pages;

/// <summary>An example of a page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">What is seen, in plain paragraphs.</param>
public sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);
