using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A number within bounds, both included.</summary>
internal sealed class NumberForm(double minimum, double maximum) : ScalarForm<double>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}");

    public override JsonNode? Show(double value) => JsonValue.Create(value);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "number", ["minimum"] = minimum, ["maximum"] = maximum };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out double value)
    {
        if (!double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !(value >= minimum && value <= maximum))
        {
            return string.Empty;
        }

        return scalar.IsQuoted ? $"expected {Expected}, found {scalar.Describe()}; take the quotes away." : null;
    }
}
