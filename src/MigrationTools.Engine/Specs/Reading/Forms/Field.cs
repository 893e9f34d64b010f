using System.Text.Json.Nodes;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A key of a mapping: its name, its form, whether it must be there, and what it means.</summary>
internal abstract class Field(string name, bool isRequired, string meaning)
{
    public string Name { get; } = name;

    public bool IsRequired { get; } = isRequired;

    /// <summary>One sentence for the schema and the reference page.</summary>
    public string Meaning { get; } = meaning;

    public abstract Form Form { get; }

    /// <summary>What holds where the key is not given, as the user would write it; null where that is nothing.</summary>
    public abstract JsonNode? Default { get; }

    public abstract bool TryRead(SpecNode node, ReadingContext context, out object? value);
}
