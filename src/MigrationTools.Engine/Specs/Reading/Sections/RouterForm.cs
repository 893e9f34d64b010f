using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>One of the routers that are wired in.</summary>
internal sealed class RouterForm : ScalarForm<string>
{
    private static readonly IReadOnlyList<string> BuiltIn = SpecVocabulary.BuiltIn.Routers;

    public override string Expected => Words.List(BuiltIn, "or");

    public override JsonObject Schema(SchemaDefinitions definitions) => Choice.Of(BuiltIn).Schema(definitions);

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        var known = context.Vocabulary.Routers;
        value = known.FirstOrDefault(router => router.Equals(scalar.Text, StringComparison.OrdinalIgnoreCase));
        var nearest = NearestName.Suggest(scalar.Text, known);
        return value is not null ? null : $"expected {Words.List(known, "or")}, found {scalar.Describe()}{(nearest.Length == 0 ? "." : nearest)}";
    }
}
