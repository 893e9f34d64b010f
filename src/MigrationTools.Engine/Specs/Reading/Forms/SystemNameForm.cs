using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>The name of a system of one kind, without a side.</summary>
internal sealed class SystemNameForm(string kind) : ScalarForm<string>
{
    public override string Expected => $"the name of {(kind == "http" ? "an" : "a")} {kind} system";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = Patterns.Name().ToString() };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = scalar.Text;
        if (!Patterns.Name().Fits(value))
        {
            return string.Empty;
        }

        context.Later(() => ReferenceForm.CheckSystem(scalar.Text, kind, scalar, context));
        return null;
    }
}
