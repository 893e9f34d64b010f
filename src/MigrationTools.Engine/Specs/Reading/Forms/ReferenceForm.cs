using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>The name of a system of one kind, with or without the side: shop_database.source.</summary>
/// <param name="kind">The kind.</param>
/// <param name="defaultSide">The side that is meant where none is said; null for both.</param>
internal sealed class ReferenceForm(string kind, EndpointSide? defaultSide = null) : ScalarForm<SystemReference>
{
    private static readonly string[] Sides = ["source", "target"];

    public override string Expected =>
        $"the name of {(kind == "http" ? "an" : "a")} {kind} system with .source or .target ({(defaultSide is { } side ? Sides[(int)side] : "both")} where neither is said)";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = Patterns.SystemReference().ToString() };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out SystemReference? value)
    {
        value = null;
        var dot = scalar.Text.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? scalar.Text : scalar.Text[..dot];
        var side = dot < 0 ? null : scalar.Text[(dot + 1)..];
        if (!Patterns.Name().Fits(name))
        {
            return string.Empty;
        }

        context.Later(() => CheckSystem(name, kind, scalar, context));
        if (side is not null && !Sides.Contains(side, StringComparer.OrdinalIgnoreCase))
        {
            var nearest = NearestName.Suggest(side, Sides);
            return $"expected .source or .target after {Echo.Quote(name)}, found {Echo.Quote('.' + side)}{(nearest.Length == 0 ? "." : nearest)}";
        }

        value = new SystemReference(name, side is null ? null : side.Equals("source", StringComparison.OrdinalIgnoreCase) ? EndpointSide.Source : EndpointSide.Target);
        return null;
    }

    /// <summary>Notes a mistake unless there is a system of that name and kind; once all systems are read.</summary>
    public static void CheckSystem(string name, string kind, ScalarNode node, ReadingContext context)
    {
        var fitting = context.Systems.All.Where(system => system.Kind == kind).Select(system => system.Name).ToList();
        var known = fitting.Count == 0 ? $"there is no {kind} system." : $"{(fitting.Count == 1 ? $"the {kind} system is" : $"{kind} systems are")} {Words.List(fitting.Select(Echo.Quote), "and")}.";
        if (context.Systems.Find(name) is not { } system)
        {
            var nearest = NearestName.Suggest(name, fitting);
            context.Mistake(node, $"no system is named {Echo.Quote(name)}{(nearest.Length == 0 ? "; " + known : nearest)}");
        }
        else if (system.Kind is not null && system.Kind != kind)
        {
            context.Mistake(node, $"{Echo.Quote(name)} is of kind {system.Kind}, not {kind}; {known}");
        }
    }
}
