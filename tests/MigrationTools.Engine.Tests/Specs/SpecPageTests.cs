using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Tests.Pages;

namespace MigrationTools.Engine.Tests.Specs;

/// <summary>docs/spec.md: its tables of keys come from the reader's declarations, and its samples are specs; so are those of docs/rollouts.md.</summary>
public sealed partial class SpecPageTests
{
    private const string Page = "spec.md";

    /// <summary>Two systems that the page's samples of single parts speak of.</summary>
    private const string Systems = """
        id: sample
        systems:
          shop_database: { kind: database, source: 'sqlite:a.db', target: 'postgresql://u@h/d' }
          shop_api: { kind: http, source: 'http://a', target: 'http://b' }

        """;

    public static TheoryData<string> Samples => [.. new[] { Page, "rollouts.md" }.SelectMany(page => Sample().Matches(Documents.Read(page))).Select(match => match.Groups["text"].Value)];

    [Fact]
    public void Every_key_stands_on_the_page_with_its_form_and_default() =>
        Documents.ShouldBe(Page, KeyTable().Replace(Documents.Read(Page), match => Table(match.Groups["name"].Value)));

    [Fact]
    public void Every_mapping_has_its_table_on_the_page() =>
        KeyTable().Matches(Documents.Read(Page)).Select(match => match.Groups["name"].Value).Order()
            .ShouldBe(SpecForms.Mappings().Select(form => ((Form)form).Definition!).Order());

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_on_the_page_is_read_without_mistakes(string sample) =>
        SpecSamples.Mistakes(sample.StartsWith("id:", StringComparison.Ordinal) ? sample : Systems + sample).ShouldBeEmpty();

    private static string Table(string name)
    {
        var form = SpecForms.Mappings().Single(form => ((Form)form).Definition == name);
        var rows = form.Fields.Select(field => $"| `{field.Name}` | {FormOf(field)} | {DefaultOf(field)} | {field.Meaning} |\n");
        return $"<!-- keys: {name} -->\n| key | form | default | what it is |\n|---|---|---|---|\n{string.Concat(rows)}";
    }

    private static string FormOf(Field field) => field.Form is IMappingForm ? $"a mapping: [{field.Form.Definition}](#{field.Form.Definition!.ToLowerInvariant()})" : field.Form.Expected;

    private static string DefaultOf(Field field) => field.Default switch
    {
        _ when field.IsRequired => "required",
        null => "",
        JsonArray array => $"`[{string.Join(", ", array.Select(item => $"'{item}'"))}]`",
        var value => $"`{value}`",
    };

    [GeneratedRegex(@"<!-- keys: (?<name>\w+) -->\n(?:\|.*\n)*")]
    private static partial Regex KeyTable();

    [GeneratedRegex(@"```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}
