using System.Text;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Specs;

/// <summary>Broken specs of every sort: whatever the bytes are, the answer is a spec or a <see cref="SpecException"/> whose places lie in the text.</summary>
public sealed class SpecFuzzTests
{
    private const string Alphabet = ":-[]{},&*!|>'\"%@`#?~ \t\n\r\\/0aé😀$<=";

    [Theory]
    [InlineData("spec.yaml", 1)]
    [InlineData("spec.yaml", 2)]
    [InlineData("spec.json", 3)]
    public void A_spec_with_characters_changed_crashes_nothing(string fileName, int seed)
    {
        var random = new Random(seed);
        var whole = fileName.EndsWith("json", StringComparison.Ordinal) ? SpecSamples.DesignInJson : SpecSamples.Design;
        for (var round = 0; round < 150; round++)
        {
            var text = new StringBuilder(whole);
            for (var edit = random.Next(1, 6); edit > 0; edit--)
            {
                Edit(text, random);
            }

            Check(text.ToString(), fileName);
        }
    }

    [Theory]
    [InlineData("spec.yaml", 4)]
    [InlineData("spec.json", 5)]
    public void Noise_crashes_nothing(string fileName, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 1000; round++)
        {
            Check(new string([.. Enumerable.Range(0, random.Next(0, 60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]), fileName);
        }
    }

    [Fact]
    public void Odd_characters_crash_nothing()
    {
        for (var character = 0; character <= char.MaxValue; character += character < 256 ? 1 : 251)
        {
            Check($"id: a{(char)character}b\n", "spec.yaml");
            Check($"{{\"id\": \"a{(char)character}b\"}}", "spec.json");
        }
    }

    private static void Edit(StringBuilder text, Random random)
    {
        var index = random.Next(text.Length);
        switch (random.Next(4))
        {
            case 0:
                text.Insert(index, Alphabet[random.Next(Alphabet.Length)]);
                break;
            case 1:
                text.Remove(index, Math.Min(random.Next(1, 20), text.Length - index));
                break;
            case 2:
                text[index] = Alphabet[random.Next(Alphabet.Length)];
                break;
            default:
                text.Insert(index, text.ToString(index, Math.Min(random.Next(1, 40), text.Length - index)));
                break;
        }
    }

    private static void Check(string text, string fileName)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        foreach (var mistake in SpecSamples.Mistakes(text, fileName))
        {
            mistake.Line.ShouldBeInRange(1, lines.Length, customMessage: text);
            mistake.Column.ShouldBeInRange(1, lines[mistake.Line - 1].Length + 1, customMessage: $"{mistake}\n{text}");
        }
    }
}
