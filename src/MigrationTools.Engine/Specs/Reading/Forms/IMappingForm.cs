namespace MigrationTools.Engine.Specs.Reading.Forms;

/// <summary>A mapping with known keys, as far as it does not matter what becomes of it.</summary>
internal interface IMappingForm
{
    IReadOnlyList<Field> Fields { get; }
}
