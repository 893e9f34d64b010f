using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>true or false as YAML's core schema and JSON spell them; not yes, no, on or off, which YAML 1.2 reads as text.</summary>
internal sealed class TruthForm : ScalarForm<bool>
{
    public override string Expected => "true or false";

    public override JsonNode? Show(bool value) => JsonValue.Create(value);

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out bool value)
    {
        value = scalar.Text is "true" or "True" or "TRUE";
        var isTruthValue = !scalar.IsQuoted && (value || scalar.Text is "false" or "False" or "FALSE");
        return isTruthValue ? null : string.Empty;
    }
}
