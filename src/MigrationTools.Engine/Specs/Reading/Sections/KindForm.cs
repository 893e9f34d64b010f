using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The word that says which kind of system it is; by the time it is read, <see cref="SystemForm"/> has judged it.</summary>
internal sealed class KindForm(string kind) : ScalarForm<string>
{
    public override string Expected => kind;

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["const"] = kind };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = kind;
        return null;
    }
}
