using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A program and its arguments. No shell takes part, so nothing in them is expanded; and every user of the machine can read them, so they hold no secret.</summary>
internal sealed class ArgumentsForm : Form<IReadOnlyList<string>>
{
    public override string Expected => "a list of the program and its arguments, such as [ curl, --version ]";

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
        ["minItems"] = 1,
    };

    protected override bool TryReadNode(SpecNode node, ReadingContext context, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        value = null;
        if (node is not ListNode { Items.Count: > 0 } list)
        {
            Misfit(node, context);
            return false;
        }

        var before = context.MistakeCount;
        var arguments = new List<string>();
        for (var index = 0; index < list.Items.Count; index++)
        {
            var item = list.Items[index];
            if (Problem(item, arguments.LastOrDefault()) is { } problem)
            {
                context.Mistake(item, problem);
            }

            arguments.Add(item is ScalarNode scalar ? scalar.Text : string.Empty);
        }

        value = arguments;
        return context.MistakeCount == before;
    }

    private static string? Problem(SpecNode item, string? before)
    {
        if (item is not ScalarNode { IsNull: false } scalar || (before is null && string.IsNullOrWhiteSpace(scalar.Text)))
        {
            return $"expected {(before is null ? "a program" : "an argument")}, found {item.Describe()}.";
        }

        if (scalar.Text.Contains('\0', StringComparison.Ordinal))
        {
            return "an argument can't hold the character 0.";
        }

        if (SecretReferences.Any(scalar.Text))
        {
            return "arguments take no ${…}, for every user of the machine can read them; let the program read the secret from its environment.";
        }

        var isSecret = EndpointRedaction.TextHoldsSecret(scalar.Text)
            || (before is not null && before.StartsWith('-') && !scalar.Text.StartsWith('-') && SecretNames.Sounds(before.TrimStart('-')));
        return isSecret ? "arguments may hold no secret, for every user of the machine can read them; let the program read it from its environment." : null;
    }
}
