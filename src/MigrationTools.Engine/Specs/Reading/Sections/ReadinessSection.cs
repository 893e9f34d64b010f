using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>What must be so before a run starts.</summary>
internal sealed class ReadinessSection : MappingForm<ReadinessSpec>
{
    private readonly Field<BackupSpec> _backup;
    private readonly Field<ResourcesSpec> _resources;
    private readonly Field<IReadOnlyDictionary<string, string>> _skip;

    public ReadinessSection()
        : base("readiness")
    {
        _backup = Optional("backup", new BackupSection(), "The backup that must be there.");
        _resources = Optional("resources", new ResourcesSection(), "What the machine of an endpoint must have free.");
        _skip = Optional(
            "skip",
            new DictionaryForm<string>(new TextForm("the reason why it is skipped"), "a mapping of checks' ids (wildcards allowed) to reasons"),
            "Checks that are skipped; they read as Skipped, never as Passed.");
    }

    protected override ReadinessSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Backup = values.Find(_backup),
        Resources = values.Find(_resources),
        Skip = values.Find(_skip) ?? new Dictionary<string, string>(),
    };
}
