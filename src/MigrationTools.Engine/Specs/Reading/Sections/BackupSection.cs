using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The backup that must be there.</summary>
internal sealed class BackupSection : MappingForm<BackupSpec>
{
    private readonly Field<SystemReference> _of;
    private readonly Field<string> _file;
    private readonly Field<TimeSpan> _maxAge;
    private readonly Field<BackupProof> _proof;

    public BackupSection()
        : base("backup")
    {
        _of = Required("of", new ReferenceForm("database", EndpointSide.Source), "What it is a backup of.");
        _file = Required("file", new PathForm("the backup's file"), "The backup.");
        _maxAge = Optional("maxAge", DurationForm.Instance, "How old it may be; any age where it is not given.");
        _proof = Optional(
            "proof",
            Choice.CamelNames<BackupProof>(),
            BackupProof.Verified,
            "How it is proved: its file is there, its content was read through, or it was restored to a scratch place and compared.");
    }

    protected override BackupSpec Build(FieldValues values, ReadingContext context) => new()
    {
        System = values.Of(_of).System,
        Side = values.Of(_of).Side ?? EndpointSide.Source,
        File = values.Of(_file),
        MaxAge = values.FindValue(_maxAge),
        Proof = values.Of(_proof),
    };
}
