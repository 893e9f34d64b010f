using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Replication;
using MigrationTools.Databases.Runs;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Strategies;
using MigrationTools.Engine.Systems;
using MigrationTools.Engine.Triggers;
using MigrationTools.Hosting.Logging;
using MigrationTools.Hosting.Partitions;

namespace MigrationTools.Hosting;

/// <summary>The composition root: the one place that knows every adapter. A new engine, verb, strategy or check is one line here.</summary>
internal sealed class Composition
{
    // One for the process, as its documentation asks; connections are renewed so that a changed address is seen.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), AllowAutoRedirect = false });

    /// <param name="options">As the front end gave them.</param>
    /// <param name="runs">The database of runs; null where they are directories under <paramref name="workDirectory"/>.</param>
    /// <param name="workDirectory">Absolute.</param>
    public Composition(HostOptions options, Endpoint? runs, string workDirectory)
    {
        var time = options.Time;
        var catalog = new DatabaseCatalog([new SqliteProvider(time), new PostgresProvider()]);
        var layouts = new DatabaseLayouts(catalog);
        var copier = new DatabaseCopier(time);
        var log = new SerilogRunLog();

        IRunStore store = runs is null ? new FileRunStore(workDirectory, time) : new DatabaseRunStore(catalog, runs, workDirectory, time);
        store = options.Credentials is { } credentials ? new CredentialedRunStore(store, credentials) : store;
        Store = options.WrapStore is { } wrap ? wrap(store) : store;
        Data = new DataOperations(catalog, layouts, copier, Store, workDirectory, time);
        Partitions = new PartitionOperations(Data, options.Credentials, time);
        var actions = new StepActionCatalog(
        [
            new CaptureStep(catalog, time),
            new VerifyRestoredStep(catalog, time),
            new FenceStep(catalog, time),
            new LiftFenceStep(catalog),
            new CreateSchemaStep(catalog, time),
            new DropCreatedStep(catalog),
            new SuspendConstraintsStep(catalog, layouts, time),
            new RestoreConstraintsStep(catalog),
            new CopyStep(catalog, layouts, copier, time),
            new RemoveCopiedStep(catalog, layouts),
            new FinishLoadStep(catalog, layouts, time),
            new CatchUpStep(catalog, layouts, time),
            new CompareStep(catalog, layouts, Data.Proof),
            new CutOverStep(catalog, time),
            new ReturnToSourceStep(catalog, time),
            new PublishStep(catalog, layouts, time),
            new UnpublishStep(catalog),
            new SubscribeStep(catalog, time),
            new EndSubscriptionStep(catalog, layouts, time),
            new AwaitSyncStep(catalog, time),
            new AwaitLagStep(catalog, time),
            new AdvanceSequencesStep(catalog, layouts, time),
            new RestoreSequencesStep(catalog),
            new UnsubscribeStep(catalog, time),
            new SeeHealthStep(new HttpMeasurement(Http, time)),
            new DoCommandStep(time),
            new UndoCommandStep(time),
            new ApprovalStep(Store, time),
            new ParallelRunStep(Http, time),
        ]);
        Readiness = ReadinessChecks.All(catalog, layouts, Http, time);
        Backups = ReadinessChecks.Backups(catalog, time);
        Planner = new Planner(Strategies(), [new DatabaseVerbs(catalog, layouts, time), new HttpVerbs(), new CommandVerbs()]);
        Approvals = new RunApprovals(Store, time);
        Rollback = new RollbackRunner(Store, actions, log, time);
        Runner = new MigrationRunner(Store, Planner, Readiness, actions, Rollback, NoGuard.Instance, log, time);
    }

    public IRunStore Store { get; }

    public RunApprovals Approvals { get; }

    public Planner Planner { get; }

    public ReadinessAssessment Readiness { get; }

    /// <summary>The checks of readiness that are about backups, alone.</summary>
    public ReadinessAssessment Backups { get; }

    public MigrationRunner Runner { get; }

    public RollbackRunner Rollback { get; }

    public DataOperations Data { get; }

    public PartitionOperations Partitions { get; }

    private static StrategyCatalog Strategies()
    {
        IReadOnlyList<IStrategy> whole =
            [new BigBangStrategy(), new BlueGreenStrategy(), new CanaryStrategy(), new RollingStrategy(), new StranglerFigStrategy(), new ParallelRunStrategy()];
        return new StrategyCatalog([.. whole, new PhasedStrategy(whole)]);
    }
}
