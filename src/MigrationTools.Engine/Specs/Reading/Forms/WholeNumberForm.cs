using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A whole number within bounds.</summary>
internal sealed class WholeNumberForm(long minimum, long maximum = long.MaxValue) : ScalarForm<long>
{
    public override string Expected => maximum == long.MaxValue ? $"a whole number, at least {minimum}" : $"a whole number from {minimum} to {maximum}";

    public override JsonNode? Show(long value) => JsonValue.Create(value);

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = minimum };
        if (maximum != long.MaxValue)
        {
            schema.Add("maximum", maximum);
        }

        return schema;
    }

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out long value)
    {
        value = 0;
        if (scalar.IsQuoted && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return $"expected {Expected}, found {scalar.Describe()}; take the quotes away.";
        }

        // A JSON writer may spell 1000 as 1e3 or 1000.0.
        if (scalar.IsQuoted || !decimal.TryParse(scalar.Text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var number)
            || number != decimal.Truncate(number) || number < minimum || number > maximum)
        {
            return string.Empty;
        }

        value = (long)number;
        return null;
    }
}
