using System.Text.Json;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Tests.Specs;

/// <summary>hunter2 is the secret everywhere.</summary>
public sealed class SpecSecretsTests
{
    private const string Secret = "hunter2";

    [Fact]
    public void A_resolved_secret_is_in_nothing_that_a_spec_shows()
    {
        var spec = new SpecReader().ReadText(
            SpecSamples.Least.Replace("u@h", "u:${env:P}@h", StringComparison.Ordinal),
            "a.yaml",
            "/specs",
            new Secrets());

        var target = spec.Databases.Single().Target;
        target.Reveal().ShouldContain(Secret);
        spec.ToString().ShouldNotContain(Secret);
        JsonSerializer.Serialize(spec).ShouldNotContain(Secret);
        JsonSerializer.Serialize(spec.Systems.Cast<object>()).ShouldNotContain(Secret);
        string.Join(' ', spec.Systems).ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("id: 'postgresql://u:hunter2@h/d'\n")]
    [InlineData("id: a\n'postgresql://u:hunter2@h/d': x\n")]
    [InlineData("id: a\n? [ 'postgresql://u:hunter2@h/d' ]\n: x\n")]
    [InlineData("id: a\npassword: hunter2\n")]
    [InlineData("id: a\nstrategy: password=hunter2\n")]
    [InlineData("id: a\nstrategy: 'u:hunter2@h'\n")]
    [InlineData("id: a\nstrategy: *postgresql://u:hunter2@h\n")]
    [InlineData("id: a\nstrategy: !<postgresql://u:hunter2@h> x\n")]
    [InlineData("id: a\nsystems: { 'u:hunter2@h': { kind: database } }\n")]
    [InlineData("id: a\nsystems: { 'postgresql://u:hunter2@h': { kind: database } }\n")]
    [InlineData("id: a\nsystems: { db: { kind: database, source: 'postgresql://u:hunter2@h', target: 'u:hunter2@h' } }\n")]
    [InlineData("id: a\nsystems: { db: { kind: database, source: 'postgresql:/u:hunter2@h', target: '//u:hunter2@h' } }\n")]
    [InlineData("id: a\nsystems: { db: { kind: database, source: 'postgresql://u:hunt er2hunter2@h', target: 'postgresql://h?password=a hunter2' } }\n")]
    [InlineData("id: a\nsystems: { db: { kind: database, source: 'postgresql://u:x${hunter2}@h', target: 'postgresql://u:${hunter2:x}@h' } }\n")]
    [InlineData("id: a\nsystems: { db: { kind: 'postgresql://u:hunter2@h' } }\n")]
    [InlineData("id: a\nreadiness: { backup: { of: 'postgresql://u:hunter2@h', file: x } }\n")]
    [InlineData("id: a\nreadiness: { skip: { 'postgresql://u:hunter2@h': } }\n")]
    [InlineData("id: a\ndependencies: [ { name: a, measure: { command: [psql, 'password=hunter2', -W, hunter2], banana: hunter2 }, expect: 0 } ]\n")]
    [InlineData("id: a\nname: postgresql://u:hunter2@h/d: x\n")]
    [InlineData("id: a\nname: 'postgresql://u:hunter2@h/d\n")]
    [InlineData("%TAG !postgresql://u:hunter2@h! x\n---\nid: a\n")]
    public void A_mistake_shows_no_secret(string text)
    {
        foreach (var fileName in new[] { "spec.yaml", "spec.json" })
        {
            var exception = Should.Throw<SpecException>(() => SpecSamples.Read(text, fileName));

            exception.ToString().ShouldNotContain(Secret);
            JsonSerializer.Serialize(exception.Mistakes).ShouldNotContain(Secret);
        }
    }

    [Fact]
    public void Reading_needs_no_secret_to_be_there() =>
        SpecSamples.Read(SpecSamples.Least.Replace("u@h", "u:${env:MIGRATIONTOOLS_TEST_NOT_THERE}@h", StringComparison.Ordinal)).Systems.Count.ShouldBe(2);

    [Fact]
    public void A_mistake_shows_no_character_that_a_terminal_would_obey() =>
        SpecSamples.Mistakes("id: \"\\e[31mred\\u202e\"\nsystems: { \"\\e]0;x\": 1 }\n").ShouldAllBe(mistake => !mistake.Message.Any(character => char.IsControl(character) || character == '\u202E'));

    private sealed class Secrets : ISecretSource
    {
        public string? Find(string kind, string name) => Secret;
    }
}
