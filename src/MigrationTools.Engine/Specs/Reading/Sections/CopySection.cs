using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>How data is copied.</summary>
internal sealed class CopySection : MappingForm<CopySpec>
{
    private static readonly CopySpec Default = new();

    private readonly Field<long> _parallelism;
    private readonly Field<long> _chunkRows;
    private readonly Field<long> _maxRejected;
    private readonly Field<long> _maxRowsPerSecond;

    public CopySection()
        : base("copy")
    {
        _parallelism = Optional("parallelism", new WholeNumberForm(1, 64), Default.Parallelism, "Tables copied at once.");
        _chunkRows = Optional("chunkRows", new WholeNumberForm(1, 10_000_000), Default.ChunkRows, "Rows in one committed chunk; a resume starts after the last one.");
        _maxRejected = Optional("maxRejected", new WholeNumberForm(0), Default.MaxRejected, "Rejected rows that are still accepted, over all tables.");
        _maxRowsPerSecond = Optional("maxRowsPerSecond", new WholeNumberForm(1), "Upper bound over all tables; none where it is not given.");
    }

    protected override CopySpec Build(FieldValues values, ReadingContext context) => new()
    {
        Parallelism = (int)values.Of(_parallelism),
        ChunkRows = (int)values.Of(_chunkRows),
        MaxRejected = values.Of(_maxRejected),
        MaxRowsPerSecond = values.FindValue(_maxRowsPerSecond),
    };
}
