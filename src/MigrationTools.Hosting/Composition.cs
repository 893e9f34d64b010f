using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Readiness;
using MigrationTools.Databases.Recommendation;
using MigrationTools.Databases.Replication;
using MigrationTools.Databases.Runs;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.Command;
using MigrationTools.Engine.Metrics.Windows.Http;
using MigrationTools.Engine.Metrics.Windows.LoadTests;
using MigrationTools.Engine.Metrics.Windows.Prometheus;
using MigrationTools.Engine.Metrics.Windows.Router;
using MigrationTools.Engine.Metrics.Windows.Sql;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Watching;
using MigrationTools.Engine.Strategies;
using MigrationTools.Engine.Strategies.Recommendation;
using MigrationTools.Engine.Systems;
using MigrationTools.Engine.Traffic;
using MigrationTools.Engine.Triggers;
using MigrationTools.Hosting.Logging;
using MigrationTools.Hosting.Partitions;
using MigrationTools.Hosting.Telemetry;
using MigrationTools.Hosting.Traffic;
using MigrationTools.Traffic.Command;
using MigrationTools.Traffic.HaProxy;
using MigrationTools.Traffic.Nginx;
using MigrationTools.Traffic.Proof;
using MigrationTools.Traffic.Steps;
using MigrationTools.Traffic.Units;
using MigrationTools.Traffic.Watching;

namespace MigrationTools.Hosting;

/// <summary>The composition root: the one place that knows every adapter. A new engine, verb, strategy or check is one line here.</summary>
internal sealed class Composition
{
    // One for the process, as its documentation asks; connections are renewed so that a changed address is seen.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), AllowAutoRedirect = false })
    {
        // Whoever asks has a limit of their own, by the clock that they were given.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <param name="options">As the front end gave them.</param>
    /// <param name="runs">The database of runs; null where they are directories under <paramref name="workDirectory"/>.</param>
    /// <param name="workDirectory">Absolute.</param>
    public Composition(HostOptions options, Endpoint? runs, string workDirectory)
    {
        var time = options.Time;
        var catalog = new DatabaseCatalog([new SqliteProvider(time), new PostgresProvider()]);
        var layouts = new DatabaseLayouts(catalog);
        var copier = new DatabaseCopier(time);
        IRunStore store;
        IRunBoard board;
        if (runs is null)
        {
            var files = new FileRunStore(workDirectory, time);
            (store, board) = (files, files);
        }
        else
        {
            var tables = new DatabaseRunStore(catalog, runs, workDirectory, time);
            (store, board) = (tables, tables);
        }

        store = options.Credentials is { } credentials ? new CredentialedRunStore(store, credentials) : store;
        var telling = new NotificationOptions();
        Notifications = new NotificationSender(Http, time, telling);
        var notifier = new RunNotifier(Notifications, store, new SerilogRunLog(), telling.Farewell, time);
        IRunLog log = notifier;
        store = new WatchedRunStore(store, notifier);
        var settings = TelemetrySettings.Read(options.MetricsFile, Environment.GetEnvironmentVariable);
        if (settings.IsWanted)
        {
            var telemetry = new RunTelemetry(settings, store, board, log);
            (log, board) = (telemetry, telemetry);
            store = new WatchedRunStore(store, telemetry);
        }

        Store = options.WrapStore is { } wrap ? wrap(store) : store;
        Data = new DataOperations(catalog, layouts, copier, Store, workDirectory, time);
        Partitions = new PartitionOperations(Data, options.Credentials, time);
        Routers = new TrafficCatalog([new HaProxyRouterProvider(time), new NginxRouterProvider(time), new CommandRouterProvider(time)]);
        var proof = new TrafficProof(time);
        Traffic = new TrafficOperations(Routers, proof);
        var metrics = Metrics(catalog, time);
        var actions = new StepActionCatalog(
        [
            new CaptureStep(catalog, time),
            new VerifyRestoredStep(catalog, time),
            new FenceStep(catalog, time),
            new LiftFenceStep(catalog),
            new CreateSchemaStep(catalog, time),
            new DropCreatedStep(catalog),
            new CountTargetStep(catalog, layouts, time),
            new DropSourceStep(catalog, layouts, time),
            new RequireSourceStep(catalog),
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
            .. TrafficSteps.All(Routers, proof, time),
            new UpgradeStep(Http, time),
            new DowngradeStep(Http, time),
            new VerifyUnitStep(Http, time),
            new WatchStep(Routers, metrics, board, time),
        ]);
        Readiness = ReadinessChecks.All(catalog, layouts, Routers, Http, time);
        Backups = ReadinessChecks.Backups(catalog, time);
        Planner = new Planner(Strategies(), [new DatabaseVerbs(catalog, layouts, time), new TrafficVerbs(Routers), new HttpVerbs(), new CommandVerbs()]);
        Recommender = new StrategyRecommender([new DatabaseFacts(catalog, layouts, time), new RouterFacts(Routers, time)], time);
        Approvals = new RunApprovals(Store, time);
        Rollback = new RollbackRunner(Store, actions, log, time);
        Runner = new MigrationRunner(Store, Planner, Readiness, actions, Rollback, new TriggerGuard(metrics, time), log, time);
    }

    public IRunStore Store { get; }

    public TrafficCatalog Routers { get; }

    public TrafficOperations Traffic { get; }

    public NotificationSender Notifications { get; }

    public RunApprovals Approvals { get; }

    public Planner Planner { get; }

    public StrategyRecommender Recommender { get; }

    public ReadinessAssessment Readiness { get; }

    /// <summary>The checks of readiness that are about backups, alone.</summary>
    public ReadinessAssessment Backups { get; }

    public MigrationRunner Runner { get; }

    public RollbackRunner Rollback { get; }

    public DataOperations Data { get; }

    public PartitionOperations Partitions { get; }

    private MetricSources Metrics(DatabaseCatalog catalog, TimeProvider time) => new(
    [
        new HttpMetricSource(Http, time),
        new PrometheusMetricSource(Http, time),
        new SqlMetricSource(new Measurements([new SqlMeasurement(catalog, time)]), time),
        new RouterMetricSource(Routers, time),
        new CommandMetricSource(time),
        new LoadTestMetricSource(time),
    ]);

    private static StrategyCatalog Strategies()
    {
        IReadOnlyList<IStrategy> whole =
            [new BigBangStrategy(), new BlueGreenStrategy(), new CanaryStrategy(), new RollingStrategy(), new StranglerFigStrategy(), new ParallelRunStrategy()];
        return new StrategyCatalog([.. whole, new PhasedStrategy(whole)]);
    }
}
