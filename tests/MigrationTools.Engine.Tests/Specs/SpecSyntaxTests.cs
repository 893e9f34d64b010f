namespace MigrationTools.Engine.Tests.Specs;

/// <summary>Texts that are no YAML or no JSON, or more of it than a spec may be; the § marks the place that must be named.</summary>
public sealed class SpecSyntaxTests
{
    [Theory]
    [InlineData("id: a\nsystems:\n§\tdb: 1\n", "a tab in the indentation; indent with spaces")]
    [InlineData("id: a\nsystems:\n  db:\n  §\tkind: http\n", "a tab in the indentation; indent with spaces")]
    [InlineData("id: a\nsystems: §[1,\nx: 1\n", "what begins here is not closed")]
    [InlineData("id: a\nname: §'abc\n", "not valid YAML: while scanning a quoted scalar, found unexpected end of stream")]
    [InlineData("id: a\nname: §@b\n", "A value that begins with '@' needs quotes")]
    [InlineData("id: a§: b\n", "a value that holds ': ' needs quotes")]
    [InlineData("id: a\nsystems: { db: { source: postgresql://u:$§{env:P}@h/d } }\n", "Put a value with ${…} in quotes when it stands inside { }")]
    [InlineData("id: a\nname: §*b\n", "the alias '*b' refers to no anchor before it")]
    [InlineData("id: a\nname: &b [ §*b ]\n", "the alias '*b' refers to the value that it stands in")]
    [InlineData("id: &shop a\nname: §*shp\n", "did you mean 'shop'?")]
    [InlineData("id: a\nname: §!!str b\n", "the tag '!!str' is not used in a spec")]
    [InlineData("id: a\n§---\nid: b\n", "a second document begins here")]
    [InlineData("§# nothing\n", "the spec is empty")]
    [InlineData("§", "the spec is empty")]
    [InlineData("§---\n...\n", "the spec is empty")]
    [InlineData("id: a§\0b\n", "there is a control character here (U+0000)")]
    [InlineData("id: a\nname: x§\u001b[31m\n", "there is a control character here (U+001B)")]
    [InlineData("§- a\n- b\n", "found a list")]
    [InlineData("§just text\n", "found 'just text'")]
    public void Text_that_is_no_yaml_spec_is_told_where(string marked, string message) => Expect(marked, message, "spec.yaml");

    [Theory]
    [InlineData("{\"id\": \"a\",§}", "The JSON object contains a trailing comma")]
    [InlineData("{\"id\": \"a\"\n §// x\n}", "not valid JSON")]
    [InlineData("{\"id\": §'a'}", "not valid JSON")]
    [InlineData("{\"é😀\": \"ü\", \"id\": §a}", "not valid JSON")]
    [InlineData("{\"id\": \"a\"}\n§{}", "not valid JSON")]
    [InlineData("{\"id\": \"a\"§", "not valid JSON")]
    [InlineData("{\"id\": §\"\\ud800\"}", "an escape in the text is no character")]
    [InlineData("§", "the spec is empty")]
    [InlineData("§null", "the spec is empty")]
    [InlineData("§[1]", "found a list")]
    [InlineData("{\"id\": \"a\", §\"id\": \"b\", \"systems\": {\"x\": {\"kind\": \"http\", \"source\": \"http://a\", \"target\": \"http://b\"}}}", "the key 'id' is given twice (first in line 1, column 2)")]
    [InlineData("{\"é😀\r\n\": 1, \"id\": §1}", "not valid JSON")]
    public void Text_that_is_no_json_spec_is_told_where(string marked, string message)
    {
        var place = Place.Of(marked);

        var mistakes = SpecSamples.Mistakes(place.Text, "spec.JSON");

        mistakes.ShouldContain(mistake => mistake.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"id\": \"a\", \"é😀\": 1,\n \"systems\": §1}", "expected a mapping of systems' names")]
    [InlineData("{\"id\"\n:\t\"a\",\r\n\"systems\": {\"x\"\n: §[]}}", "expected a mapping with the kind")]
    [InlineData("{\"é😀\": \"ü\", \"id\": §[], \"systems\": {}}", "id: expected letters")]
    public void A_mistake_in_json_is_told_with_its_place(string marked, string message)
    {
        var place = Place.Of(marked);

        SpecSamples.Mistakes(place.Text, "spec.json")
            .ShouldContain(mistake => mistake.Line == place.Line && mistake.Column == place.Column && mistake.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused()
    {
        var bomb = "id: a\na: &a [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range('b', 20).Select(letter => $"{(char)letter}: &{(char)letter} [{string.Join(", ", Enumerable.Repeat("*" + (char)(letter - 1), 10))}]\n"));

        SpecSamples.Mistakes(bomb)[^1].Message.ShouldContain("with aliases expanded");
    }

    [Theory]
    [InlineData("spec.yaml")]
    [InlineData("spec.json")]
    public void A_nesting_without_end_is_refused(string fileName) =>
        SpecSamples.Mistakes("{\"id\": " + new string('[', 100_000), fileName).ShouldHaveSingleItem().Message.ShouldContain("the nesting is deeper than 64 levels");

    [Fact]
    public void A_nesting_that_aliases_make_is_refused()
    {
        var deep = "id: a\na: &a " + new string('[', 40) + new string(']', 40) + "\nb: " + new string('[', 40) + "*a" + new string(']', 40) + "\n";

        SpecSamples.Mistakes(deep)[^1].Message.ShouldContain("the nesting is deeper than 64 levels");
    }

    [Theory]
    [InlineData("spec.yaml")]
    [InlineData("spec.json")]
    public void More_values_than_a_spec_has_are_refused(string fileName) =>
        SpecSamples.Mistakes("{\"id\": [" + string.Join(",", Enumerable.Repeat("1", 300_000)) + "]}", fileName).ShouldHaveSingleItem().Message.ShouldContain("more than 250000 values");

    [Fact]
    public void A_text_larger_than_four_mebibytes_is_refused() =>
        SpecSamples.Mistakes(new string('#', (4 * 1024 * 1024) + 1)).ShouldHaveSingleItem().Message.ShouldContain("larger than 4 MiB");

    private static void Expect(string marked, string message, string fileName)
    {
        var place = Place.Of(marked);

        SpecSamples.Mistakes(place.Text, fileName)
            .ShouldContain(mistake => mistake.Line == place.Line && mistake.Column == place.Column && mistake.Message.Contains(message, StringComparison.Ordinal));
    }
}
