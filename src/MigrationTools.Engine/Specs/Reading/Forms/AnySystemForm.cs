using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>The name of a system of any kind.</summary>
internal sealed class AnySystemForm : ScalarForm<string>
{
    public override string Expected => "the name of a system";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = Patterns.Name().ToString() };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = scalar.Text;
        if (!Patterns.Name().Fits(value))
        {
            return string.Empty;
        }

        context.Later(() =>
        {
            if (context.Systems.Find(scalar.Text) is null)
            {
                var names = context.Systems.All.Select(system => system.Name).ToList();
                var nearest = NearestName.Suggest(scalar.Text, names);
                context.Mistake(scalar, $"no system is named {Echo.Quote(scalar.Text)}{(nearest.Length == 0 ? $"; there are {Words.List(names.Select(Echo.Quote), "and")}." : nearest)}");
            }
        });
        return null;
    }
}
