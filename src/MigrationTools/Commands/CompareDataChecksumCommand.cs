using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine;
using MigrationTools.Hosting;

namespace MigrationTools.Commands;

/// <summary><c>Compare-DataChecksum</c>: compares every row of two databases, table by table.</summary>
[Cmdlet(VerbsData.Compare, "DataChecksum", DefaultParameterSetName = BySpec)]
[OutputType(typeof(TableComparison), typeof(Job))]
public sealed class CompareDataChecksumCommand : DataCommand
{
    /// <summary><b>-Method:</b> Auto takes the one that is fastest on the first rows of a table.</summary>
    [Parameter]
    [ValidateSet("Auto", "Native", "Stream", "Pushdown")]
    public string Method { get; set; } = "Auto";

    /// <summary><b>-MaxDifferences:</b> differences listed a table; all are counted.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxDifferences { get; set; } = 100;

    /// <summary><b>-Parallelism:</b> tables, or parts of a large one, compared at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int Parallelism { get; set; } = 2;

    /// <summary><b>-Where:</b> SQL condition on the rows of both sides.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Where { get; set; }

    /// <summary><b>-TargetWhere:</b> another condition for the target.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetWhere { get; set; }

    /// <summary><b>-SourceQuery:</b> a SELECT in the place of the source's tables.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SourceQuery { get; set; }

    /// <summary><b>-TargetQuery:</b> a SELECT in the place of the target's tables.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetQuery { get; set; }

    /// <summary><b>-Key:</b> target columns that tell rows apart; the table's key where it is not given.</summary>
    [Parameter]
    public string[] Key { get; set; } = [];

    /// <summary><b>-ExcludeColumn:</b> columns that are left out.</summary>
    [Parameter]
    public string[] ExcludeColumn { get; set; } = [];

    /// <summary><b>-Map:</b> tables and columns that have another name in the target: @{ users = 'customers'; 'users.name' = 'full_name' }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Map { get; set; } = [];

    /// <summary><b>-IgnorePadding:</b> blanks at the end of texts do not count.</summary>
    [Parameter]
    public SwitchParameter IgnorePadding { get; set; }

    /// <summary><b>-IgnoreCase:</b> upper and lower case do not count.</summary>
    [Parameter]
    public SwitchParameter IgnoreCase { get; set; }

    /// <summary><b>-Normalize:</b> texts are compared in Unicode's normalization form C.</summary>
    [Parameter]
    public SwitchParameter Normalize { get; set; }

    /// <summary><b>-EmptyAsNull:</b> an empty text is NULL.</summary>
    [Parameter]
    public SwitchParameter EmptyAsNull { get; set; }

    /// <summary><b>-FloatTolerance:</b> floats this far apart are equal, relative to the larger and to 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 1e300)]
    public double FloatTolerance { get; set; }

    /// <summary><b>-TimeTolerance:</b> times this far apart are equal.</summary>
    [Parameter]
    public TimeSpan TimeTolerance { get; set; }

    /// <summary><b>-Sample:</b> the share of each table that is compared, drawn at random.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, 0.999999)]
    public double? Sample { get; set; }

    /// <summary><b>-Settle:</b> how long rows that differ are looked at again.</summary>
    [Parameter]
    public TimeSpan? Settle { get; set; }

    /// <summary><b>-Timeout:</b> when to stop; what is not compared by then is not passed.</summary>
    [Parameter]
    public TimeSpan? Timeout { get; set; }

    /// <summary><b>-MaxRowsPerSecond:</b> upper bound of the speed, both sides together.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long? MaxRowsPerSecond { get; set; }

    /// <summary><b>-MaxActiveSessions:</b> waits while a server has more active sessions of others.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaxActiveSessions { get; set; }

    /// <summary><b>-StateFile:</b> a file in which is noted what is found equal, and from which an interrupted comparison goes on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StateFile { get; set; }

    /// <summary><b>-DifferenceFile:</b> a file for every difference: .jsonl, .csv or .html.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DifferenceFile { get; set; }

    /// <summary><b>-RepairScript:</b> a file for SQL that would make the target equal; it is never run by itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RepairScript { get; set; }

    /// <summary><b>-AsJob:</b> works in the background and gives the job; Receive-Job gives the results.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override bool RunsAsJob => AsJob;

    protected override void ProcessRecord() => Run(
        Input,
        () => (Engine, Request: Request() with { Parallelism = Parallelism, Selection = Selection() }, Options: Options(), Files: new ComparisonFiles { Differences = PathOf(DifferenceFile), RepairScript = PathOf(RepairScript) }),
        (pipe, given, token) => pipe.EmitAsync(given.Engine.CompareAsync(given.Request, given.Options, given.Files, pipe.Observer, token), token));

    private ComparisonOptions Options() => new()
    {
        Method = Method.Equals("Auto", StringComparison.OrdinalIgnoreCase) ? null : Enum.Parse<ComparisonMethod>(Method, ignoreCase: true),
        MaxDifferences = MaxDifferences,
        Text = new TextRules { IgnorePadding = IgnorePadding, IgnoreCase = IgnoreCase, Normalize = Normalize, EmptyAsNull = EmptyAsNull },
        FloatTolerance = FloatTolerance,
        TimeTolerance = TimeTolerance >= TimeSpan.Zero ? TimeTolerance : throw new InvalidRequestException("-TimeTolerance can't be negative."),
        Sample = Sample,
        Settle = Positive(Settle, "-Settle"),
        Timeout = Positive(Timeout, "-Timeout"),
        MaxRowsPerSecond = MaxRowsPerSecond,
        MaxActiveSessions = MaxActiveSessions,
        StateFile = PathOf(StateFile),
    };

    private DataSelection Selection()
    {
        var maps = Map.Cast<DictionaryEntry>().ToDictionary(entry => Text(entry.Key), entry => Text(entry.Value), StringComparer.Ordinal);
        var (tables, columns) = DataSelection.Divide(maps, columnsOnly: SourceQuery is not null);
        return new DataSelection
        {
            Where = Where,
            TargetWhere = TargetWhere,
            SourceQuery = SourceQuery,
            TargetQuery = TargetQuery,
            Key = Key,
            ExcludeColumns = ExcludeColumn,
            TableMap = tables,
            ColumnMap = columns,
        };
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static TimeSpan? Positive(TimeSpan? value, string name) =>
        value is null || value > TimeSpan.Zero ? value : throw new InvalidRequestException($"{name} must be longer than nothing, such as 0:0:30 for half a minute.");

    private string? PathOf(string? path) => path is null ? null : GetUnresolvedProviderPathFromPSPath(path);
}
