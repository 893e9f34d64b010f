using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Integrity;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Reports;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Engine.Strategies.Recommendation;
using MigrationTools.Engine.Traffic;
using MigrationTools.Hosting.Following;
using MigrationTools.Hosting.Notifications;
using MigrationTools.Hosting.Traffic;

namespace MigrationTools.Hosting;

/// <summary>
/// Everything a front end can ask for. Knows nothing of consoles and of PowerShell: requests in, results out, an observer for what
/// happens meanwhile. Cheap to make; thread-safe.
/// </summary>
public sealed class MigrationHost
{
    private readonly Composition _parts;
    private readonly HostOptions _options;

    public MigrationHost(HostOptions? options = null)
    {
        _options = options ?? new HostOptions();
        (RunsDirectory, RunsEndpoint) = PlaceOf(_options);
        WorkDirectory = RunsDirectory ?? Path.GetFullPath(_options.WorkDirectory ?? Path.Combine(Path.GetTempPath(), $"migrationtools-{Environment.UserName}"));
        _parts = new Composition(_options, RunsEndpoint, WorkDirectory);
    }

    /// <summary>Absolute path of the directory of runs; null where they are in a database.</summary>
    public string? RunsDirectory { get; }

    /// <summary>The database of runs; null where they are in a directory.</summary>
    public Endpoint? RunsEndpoint { get; }

    /// <summary>Absolute path of the directory under which each run has its files on this host: that of the runs, or <see cref="HostOptions.WorkDirectory"/>.</summary>
    public string WorkDirectory { get; }

    /// <summary>The runs: to list, to look at, to read the journal of.</summary>
    public IRunStore Runs => _parts.Store;

    /// <summary>Reads a spec from YAML or JSON.</summary>
    /// <exception cref="SpecException">With every mistake in it.</exception>
    /// <exception cref="InvalidRequestException">It is an endpoint, not a file; its text is not repeated, for it may hold a password.</exception>
    public MigrationSpec ReadSpec(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Contains("://", StringComparison.Ordinal)
            ? throw new InvalidRequestException("An endpoint was given where a spec's file is expected. Endpoints are given as source and target.")
            : new SpecReader().Read(path);
    }

    public Task<MigrationPlan> PlanAsync(MigrationSpec spec, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Planner.PlanAsync(Own(spec), observer, cancellationToken);

    /// <summary>Ranks the seven strategies for a spec by what is seen of its systems. Changes nothing.</summary>
    /// <param name="spec">The spec; which strategy it asks for does not matter.</param>
    /// <param name="window">How long writers may be kept out; null where nobody said.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<IReadOnlyList<StrategyAdvice>> RecommendAsync(MigrationSpec spec, TimeSpan? window, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Recommender.RecommendAsync(Own(spec), window, observer, cancellationToken);

    /// <summary>Streams the answers of readiness; <see cref="ReadinessAssessment.VerdictOf"/> combines them.</summary>
    public IAsyncEnumerable<CheckResult> AssessReadinessAsync(MigrationSpec spec, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Readiness.AssessAsync(Own(spec), observer, cancellationToken);

    /// <summary>Looks at the spec's backups alone: the file, its age, and its proof as far as the spec asks for it.</summary>
    public IAsyncEnumerable<CheckResult> CheckBackupsAsync(MigrationSpec spec, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Backups.AssessAsync(Own(spec), observer, cancellationToken);

    /// <summary>Plans, assesses readiness and runs. The report lies in the run's directory when it returns, whatever came of it.</summary>
    public async Task<RunState> RunAsync(MigrationSpec spec, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken) =>
        await WithReportAsync(await _parts.Runner.RunAsync(Own(spec), options, observer, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    public async Task<RunState> ResumeAsync(string runId, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken) =>
        await WithReportAsync(await _parts.Runner.ResumeAsync(runId, options, observer, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    /// <param name="runId">The run.</param>
    /// <param name="reason">Why, for the journal.</param>
    /// <param name="options">Who, waivers, and whether writes since cut-over may be lost.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="cancellationToken">Stops between compensations; rolling back again goes on.</param>
    public async Task<RunState> RollbackAsync(string runId, string reason, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var state = await _parts.Rollback.RollbackAsync(runId, reason, options, observer, cancellationToken).ConfigureAwait(false);
        return state.RollbackRefused ? state : await WithReportAsync(state).ConfigureAwait(false);
    }

    /// <summary>A person's word on a step that waits for one; see <see cref="RunApprovals"/>.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="step">The step; null for the only one that waits.</param>
    /// <param name="approved">Yes or no.</param>
    /// <param name="who">The person.</param>
    /// <param name="why">Their reason.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<StepApproval> ApproveAsync(string runId, string? step, bool approved, string who, string why, CancellationToken cancellationToken) =>
        _parts.Approvals.GiveAsync(runId, step, approved, who, why, cancellationToken);

    /// <summary>Watches a run that another process may have: as it is now, and again whenever it has changed; ends when nobody is at work on it.</summary>
    public IAsyncEnumerable<RunProgress> FollowAsync(string runId, CancellationToken cancellationToken) =>
        new RunFollower(_parts.Store, _options.Time).FollowAsync(runId, cancellationToken);

    /// <summary>Sends a message by hand to those whom a spec names; that one could not be told is its result.</summary>
    public IAsyncEnumerable<NotificationResult> NotifyAsync(MigrationSpec spec, NotificationRequest request, CancellationToken cancellationToken) =>
        new NotificationOperations(_parts.Notifications, _parts.Store, _options.Time).SendAsync(spec, request, cancellationToken);

    /// <summary>How routers share requests out, lane by lane, as they say themselves.</summary>
    public IAsyncEnumerable<LaneTraffic> ReadTrafficAsync(TrafficRequest request, CancellationToken cancellationToken) => _parts.Traffic.ReadAsync(request, cancellationToken);

    /// <summary>Sets the share of one lane, reads it back and, where asked for, proves it. Not a run: there is no journal and no rollback.</summary>
    public Task<LaneTraffic> SetTrafficAsync(TrafficRequest request, decimal targetPercent, CancellationToken cancellationToken) =>
        _parts.Traffic.SetAsync(request, targetPercent, cancellationToken);

    /// <summary>The one lane that a request to set means.</summary>
    /// <exception cref="InvalidRequestException">It means none, or several.</exception>
    public static (TrafficSystemSpec System, TrafficLane Lane) LaneOf(TrafficRequest request) => TrafficOperations.OnlyLane(request);

    /// <summary>Compares the rows of every table pair; a table's result comes as soon as it is there.</summary>
    public IAsyncEnumerable<TableComparison> CompareAsync(DataRequest request, ComparisonOptions options, IOperationObserver observer, CancellationToken cancellationToken) =>
        CompareAsync(request, options, new ComparisonFiles(), observer, cancellationToken);

    /// <summary>Compares, and writes files of what differs and of how to mend it.</summary>
    /// <param name="request">Which databases, and what of them.</param>
    /// <param name="options">How.</param>
    /// <param name="files">Which files; written when all tables are compared.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="cancellationToken">Ends it; files are left unfinished under another name, or not at all.</param>
    public IAsyncEnumerable<TableComparison> CompareAsync(
        DataRequest request, ComparisonOptions options, ComparisonFiles files, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Data.CompareAsync(Own(request), options, files, observer, cancellationToken);

    /// <summary>Cuts a comparison into partitions that run on their own; nothing is compared. <see cref="ComparisonPlanFile"/> writes it.</summary>
    /// <param name="request">What is compared; no endpoint may hold a secret written out.</param>
    /// <param name="sizes">How many partitions, or how large.</param>
    /// <param name="options">What of them decides what counts as a difference becomes part of the plan.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<ComparisonPlan> PlanComparisonAsync(
        DataRequest request, PartitionSizes sizes, ComparisonOptions options, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Partitions.PlanAsync(request, sizes, options, observer, cancellationToken);

    /// <summary>Compares one partition of a plan and writes its result beside those of the others.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="index">Which partition.</param>
    /// <param name="run">How, and where to.</param>
    /// <param name="spec">The plan's spec, where it lies elsewhere than the plan says; otherwise null.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="cancellationToken">Ends it; no result is left.</param>
    public Task<PartitionOutcome> ComparePartitionAsync(
        ComparisonPlan plan, int index, PartitionRun run, MigrationSpec? spec, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Partitions.CompareAsync(plan, index, run, spec, observer, cancellationToken);

    /// <summary>Copies into tables that stand or are made of the source's structure. Not a run: there is no journal and no rollback.</summary>
    public IAsyncEnumerable<TableCopyResult> CopyAsync(DataRequest request, CopySpec copy, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Data.CopyAsync(Own(request), copy, observer, cancellationToken);

    public IAsyncEnumerable<RecordCountResult> CountAsync(DataRequest request, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Data.CountAsync(Own(request), observer, cancellationToken);

    /// <summary>Orphans of the target's foreign keys, and of those that the source declares and the target lost.</summary>
    public IAsyncEnumerable<ReferentialResult> CheckReferencesAsync(DataRequest request, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Data.CheckReferencesAsync(Own(request), observer, cancellationToken);

    /// <summary>The business rules of the request's spec.</summary>
    public IAsyncEnumerable<BusinessRuleResult> CheckRulesAsync(DataRequest request, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Data.CheckRulesAsync(Own(request), observer, cancellationToken);

    public IAsyncEnumerable<ColumnQualityResult> MeasureQualityAsync(DataRequest request, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Data.MeasureQualityAsync(Own(request), observer, cancellationToken);

    /// <summary>All proofs of data together, as the checks that the gate of a run judges.</summary>
    public IAsyncEnumerable<CheckResult> CheckIntegrityAsync(DataRequest request, IOperationObserver observer, CancellationToken cancellationToken) =>
        _parts.Data.CheckIntegrityAsync(Own(request), observer, cancellationToken);

    /// <summary>The tables of one side of a request, as the server describes them, by name.</summary>
    /// <param name="request">Which databases, and which tables.</param>
    /// <param name="side">Which side.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<TableSchema> ReadTablesAsync(DataRequest request, EndpointSide side, CancellationToken cancellationToken) =>
        _parts.Data.ReadTablesAsync(Own(request), side, cancellationToken);

    /// <summary>The redacted endpoints that a request means, one pair a system.</summary>
    public Task<IReadOnlyList<(string Source, string Target)>> DescribeAsync(DataRequest request, CancellationToken cancellationToken) =>
        _parts.Data.DescribeAsync(Own(request), cancellationToken);

    /// <summary>Builds a run's report from its journal.</summary>
    public async Task<RunReport> ReadReportAsync(string runId, CancellationToken cancellationToken) =>
        RunReportBuilder.Build(
            await Runs.LookAsync(runId, cancellationToken).ConfigureAwait(false),
            await Runs.ReadJournalAsync(runId, cancellationToken).ConfigureAwait(false),
            _options.Time.GetUtcNow(),
            await Runs.ReadSpecAsync(runId, cancellationToken).ConfigureAwait(false));

    /// <summary>Writes a run's report.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="directory">Where to; null for the run's own directory.</param>
    /// <param name="formats">html, markdown, json, junit, csv; empty for all.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The files' paths.</returns>
    public async Task<IReadOnlyList<string>> WriteReportAsync(string runId, string? directory, IReadOnlyList<string> formats, CancellationToken cancellationToken)
    {
        var report = await ReadReportAsync(runId, cancellationToken).ConfigureAwait(false);
        return await ReportFiles.WriteAllAsync(report, directory ?? Path.Combine(WorkDirectory, runId), formats, cancellationToken).ConfigureAwait(false);
    }

    private static (string? Directory, Endpoint? Endpoint) PlaceOf(HostOptions options)
    {
        if (options is { RunsDirectory: not null, RunsEndpoint: not null })
        {
            throw new InvalidRequestException("Both a directory and a database of runs are given. Give one of them.");
        }

        if (options.RunsEndpoint is not null)
        {
            return (null, options.RunsEndpoint);
        }

        if (options.RunsDirectory is not null)
        {
            return (Path.GetFullPath(options.RunsDirectory), null);
        }

        var place = RunsPlace.Parse(null, Environment.CurrentDirectory);
        return (place.Directory, place.Endpoint);
    }

    private MigrationSpec Own(MigrationSpec spec) => _options.Credentials?.Apply(spec) ?? spec;

    private DataRequest Own(DataRequest request) => _options.Credentials?.Apply(request) ?? request;

    private async Task<RunState> WithReportAsync(RunState state)
    {
        await WriteReportAsync(state.RunId, null, [], CancellationToken.None).ConfigureAwait(false);
        return state;
    }
}
