namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>A part of a bar, in percent of the bar's width.</summary>
/// <param name="Start">0 to 100.</param>
/// <param name="Width">0 to 100.</param>
/// <param name="Fill">Name of a fill in the style sheet.</param>
internal readonly record struct BarPart(double Start, double Width, string Fill);
