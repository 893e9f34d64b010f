using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>One line of text. A number or a truth value without quotes is text too: <c>targetVersion: 3.0</c> is '3.0'.</summary>
internal class TextForm(string expected, Regex? pattern = null) : ScalarForm<string>
{
    /// <summary>Names and versions are a few words; what is longer is something that landed in the wrong key.</summary>
    protected const int MaxLength = 1000;

    /// <summary>What people read.</summary>
    public static TextForm Line { get; } = new("text");

    public override string Expected { get; } = expected;

    public override JsonNode? Show(string value) => JsonValue.Create(value);

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };
        if (pattern is not null)
        {
            schema.Add("pattern", pattern.ToString());
        }

        return schema;
    }

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = scalar.Text;
        if (string.IsNullOrWhiteSpace(value) || (pattern is not null && !pattern.Fits(value)))
        {
            return string.Empty;
        }

        if (value.Length > MaxLength)
        {
            return $"the text is longer than {MaxLength} characters.";
        }

        return value.Any(char.IsControl) ? $"the text {Echo.Quote(value)} holds a control character or a line break." : null;
    }
}
