namespace MigrationTools.Help.Pages;

/// <summary>A link of a page.</summary>
/// <param name="Text">What people read.</param>
/// <param name="Target">Where it leads to, as the page writes it: relative to the page, or an address.</param>
public sealed record PageLink(string Text, string Target);
