using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A regular expression of .NET.</summary>
internal sealed class RegexForm : ScalarForm<string>
{
    public static RegexForm Instance { get; } = new();

    public override string Expected => "a regular expression, such as ^2\\.";

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out string? value)
    {
        value = scalar.Text;
        if (value.Length == 0)
        {
            return string.Empty;
        }

        try
        {
            _ = new Regex(value, RegexOptions.CultureInvariant);
            return null;
        }
        catch (RegexParseException exception)
        {
            return $"{Echo.Quote(value)} is not a regular expression: {Echo.Plain(exception.Error.ToString())} at character {exception.Offset + 1}.";
        }
    }
}
