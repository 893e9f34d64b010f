using System.Text.Json.Nodes;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A query in another language than SQL, of one line or several.</summary>
internal sealed class QueryForm(string expected) : ScalarForm<string>
{
    private const int MaxLength = 4000;

    public override string Expected { get; } = expected;

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "string", ["minLength"] = 1 };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = scalar.Text.Trim();
        if (value.Length == 0)
        {
            return string.Empty;
        }

        if (SecretReferences.Any(value))
        {
            return "a query takes no ${…}; references are resolved in endpoints only.";
        }

        return value.Length > MaxLength ? $"the query is longer than {MaxLength} characters." : null;
    }
}
