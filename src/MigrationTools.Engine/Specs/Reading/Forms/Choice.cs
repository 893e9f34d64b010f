using System.Text.Json;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>Makes <see cref="ChoiceForm{T}"/>s.</summary>
internal static class Choice
{
    /// <summary>An enum's names as they are: BigBang.</summary>
    public static ChoiceForm<T> Names<T>()
        where T : struct, Enum => new([.. Enum.GetValues<T>().Select(value => (value.ToString(), value))]);

    /// <summary>An enum's names with a small first letter: readOnly.</summary>
    public static ChoiceForm<T> CamelNames<T>()
        where T : struct, Enum => new([.. Enum.GetValues<T>().Select(value => (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), value))]);

    public static ChoiceForm<string> Of(params IEnumerable<string> words) => new([.. words.Select(word => (word, word))]);
}
