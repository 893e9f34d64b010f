using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>Which source tables a database system takes.</summary>
internal sealed class TablesSection : MappingForm<TablesSection.Selection>
{
    private static readonly ListForm<string> Wildcards = new(new TextForm("a table's name or a wildcard"), "a list of tables, with * and ? as wildcards");

    private readonly Field<IReadOnlyList<string>> _include;
    private readonly Field<IReadOnlyList<string>> _exclude;

    public TablesSection()
        : base("tables")
    {
        _include = Optional("include", Wildcards, Everything.Include, "Tables to take; a table with a mapping is taken too.");
        _exclude = Optional("exclude", Wildcards, Everything.Exclude, "Tables to leave out of those.");
    }

    public static Selection Everything { get; } = new(["*"], []);

    protected override Selection Build(FieldValues values, ReadingContext context) => new(values.Of(_include), values.Of(_exclude));

    /// <summary>Wildcards of tables.</summary>
    internal sealed record Selection(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude);
}
