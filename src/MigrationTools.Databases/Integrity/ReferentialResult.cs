using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Integrity;

/// <summary>Whether every row of a table finds the row that a foreign key refers to.</summary>
public sealed record ReferentialResult
{
    /// <summary>Name of the system in the spec; null without a spec.</summary>
    public string? System { get; init; }

    public EndpointSide? Side { get; init; }

    public required string Table { get; init; }

    /// <summary>The constraint's name, or <c>table(columns)</c> where it has none.</summary>
    public required string ForeignKey { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The referenced table.</summary>
    public required string References { get; init; }

    public required IReadOnlyList<string> ReferencedColumns { get; init; }

    /// <summary>False where only the source declares it: the target lost the constraint, and its data must still obey it.</summary>
    public bool Declared { get; init; } = true;

    /// <summary>Rows of the table that were looked at; null where they were not.</summary>
    public long? Rows { get; init; }

    /// <summary>Rows that refer to nothing, all of them counted; null where they were not. A row with NULL among the columns refers to nothing by right (MATCH SIMPLE), unless the key asks for all or none of them (MATCH FULL).</summary>
    public long? Orphans { get; init; }

    /// <summary>Some of the orphans: the values of the table's own key and of the foreign key.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Samples { get; init; } = [];

    public required Verdict Verdict { get; init; }

    public long DurationMs { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>As a check <c>referential:system/table(columns)</c>; <c>referential:system.source/…</c> on the source's side.</summary>
    public CheckResult ToCheck() => new()
    {
        Id = CheckIds.Of("referential", Side == EndpointSide.Source ? $"{System}.source" : System, $"{Table}({string.Join(',', Columns)})"),
        Name = $"{Table}({string.Join(", ", Columns)}) refers to rows of {References}",
        Category = "referential",
        System = System,
        Verdict = Verdict,
        Message = Verdict switch
        {
            Verdict.Passed or Verdict.Failed => string.Join("; ",
                Notes.Prepend(string.Create(CultureInfo.InvariantCulture, $"{Orphans} orphans in {Rows} rows"))),
            _ => string.Join("; ", Notes),
        },
        Remedy = Verdict switch
        {
            Verdict.Passed or Verdict.Skipped => null,
            Verdict.Failed => $"Add the missing rows to {References}, or correct the rows of {Table} that refer to them.",
            Verdict.Error => "Mend what the message names and check again.",
            _ => "Declare the foreign key on the target, or map its columns so that it can be followed.",
        },
        Evidence = Evidence,
        Duration = TimeSpan.FromMilliseconds(DurationMs),
    };
}
