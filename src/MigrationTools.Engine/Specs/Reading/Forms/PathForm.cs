using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A path, made absolute: a relative one is relative to the spec's directory. Whether something is there is for readiness to find out.</summary>
internal sealed class PathForm(string expected) : ScalarForm<string>
{
    public override string Expected { get; } = expected;

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = null;
        if (string.IsNullOrWhiteSpace(scalar.Text) || scalar.Text.Any(char.IsControl))
        {
            return string.Empty;
        }

        if (scalar.Text.Contains("${", StringComparison.Ordinal))
        {
            return "a path takes no ${…}; references are resolved in endpoints only.";
        }

        value = Path.GetFullPath(Path.Combine(context.Directory, scalar.Text));
        return null;
    }
}
