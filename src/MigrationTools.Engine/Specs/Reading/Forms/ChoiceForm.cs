using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>One of a few words, in any case of letters.</summary>
internal sealed class ChoiceForm<T>(IReadOnlyList<(string Word, T Value)> choices) : ScalarForm<T>
{
    private IEnumerable<string> WordsOfChoices => choices.Select(choice => choice.Word);

    public override string Expected => Words.List(WordsOfChoices, "or");

    public override JsonNode? Show(T value) => JsonValue.Create(choices.First(choice => Equals(choice.Value, value)).Word);

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. WordsOfChoices.Select(word => (JsonNode)word)]) };

    protected override string? Parse(ScalarNode scalar, ReadingContext context, out T? value)
    {
        foreach (var (word, choice) in choices)
        {
            if (word.Equals(scalar.Text, StringComparison.OrdinalIgnoreCase))
            {
                value = choice;
                return null;
            }
        }

        value = default;
        var nearest = NearestName.Suggest(scalar.Text, WordsOfChoices);
        return $"expected {Expected}, found {scalar.Describe()}{(nearest.Length == 0 ? "." : nearest)}";
    }
}
