namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>The rows of one side that read as a difference does.</summary>
internal sealed class FoundRow
{
    private UInt128? _canonical;

    /// <summary>They are not all the same.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>The forms in which the side holds them: 1.5 and 1.50 are the same.</summary>
    public List<Form> Forms { get; } = [];

    public long Copies => Forms.Sum(form => form.Copies);

    public void See(UInt128 canonical)
    {
        IsAmbiguous |= _canonical is { } known && known != canonical;
        _canonical ??= canonical;
    }

    /// <summary>A form, put aside in a file.</summary>
    internal sealed record Form(UInt128 Hash, long Offset, int Length)
    {
        public long Copies { get; set; } = 1;
    }
}
