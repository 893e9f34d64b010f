namespace MigrationTools.Engine.Specs.Reading.Nodes;

/// <summary>A single value as written; what it means (text, number, truth value) is for the form that reads it to say.</summary>
internal sealed class ScalarNode(int line, int column, string text, bool isQuoted) : SpecNode(line, column)
{
    public string Text { get; } = text;

    /// <summary>Whether it can be nothing but text: quoted or a block in YAML, a string in JSON.</summary>
    public bool IsQuoted { get; } = isQuoted;

    /// <summary>The null of YAML's core schema (YAML 1.2.2, section 10.3.2).</summary>
    public bool IsNull => !IsQuoted && Text is ("" or "~" or "null" or "Null" or "NULL");

    public override string Describe() => IsNull ? "nothing" : IsQuoted ? $"the text {Echo.Quote(Text)}" : Echo.Quote(Text);
}
