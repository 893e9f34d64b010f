using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>Statuses of HTTP answers, one or a list: 2xx, 200, [200, 404].</summary>
internal sealed class HttpStatusesForm : Form<IReadOnlyList<string>>
{
    public override string Expected => "a status such as 200 or 2xx, or a list of them";

    public override JsonNode? Show(IReadOnlyList<string> value) => value.Count == 1 ? JsonValue.Create(value[0]) : new JsonArray([.. value.Select(status => (JsonNode)status)]);

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["oneOf"] = new JsonArray(Status(), new JsonObject { ["type"] = "array", ["items"] = Status(), ["minItems"] = 1 }),
    };

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        value = null;
        IReadOnlyList<SpecNode> nodes = node is ListNode { Items.Count: > 0 } list ? list.Items : [node];
        if (nodes.FirstOrDefault(item => item is not ScalarNode scalar || !Patterns.HttpStatus().Fits(scalar.Text)) is { } wrong)
        {
            Misfit(wrong, context);
            return false;
        }

        value = [.. nodes.Cast<ScalarNode>().Select(scalar => scalar.Text)];
        return true;
    }

    private static JsonObject Status() => new() { ["type"] = new JsonArray("string", "integer"), ["minimum"] = 100, ["maximum"] = 599, ["pattern"] = Patterns.HttpStatus().ToString() };
}
