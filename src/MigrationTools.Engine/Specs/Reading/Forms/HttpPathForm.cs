using System.Text.Json.Nodes;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>The path of a request, from the slash on.</summary>
internal sealed class HttpPathForm : ScalarForm<string>
{
    public static HttpPathForm Instance { get; } = new();

    public override string Expected => "a request's path that begins with a slash, such as /healthz";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["pattern"] = Patterns.HttpPath().ToString() };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = scalar.Text;
        if (!Patterns.HttpPath().Fits(value) || value.Any(char.IsControl))
        {
            return string.Empty;
        }

        if (value.Contains("${", StringComparison.Ordinal))
        {
            return "a request's path takes no ${…}; references are resolved in endpoints only.";
        }

        return EndpointRedaction.TextHoldsSecret(value) ? "a request's path may hold no secret; it is shown in reports." : null;
    }
}
