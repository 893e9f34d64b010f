using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Steps;
using MigrationTools.Databases.Tests.Fixtures;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Steps;

/// <summary>A source and a target of given engines that hold the same rows of two tables that refer to each other; and the steps between them.</summary>
internal sealed class StepRoom : IAsyncDisposable
{
    public const string Schema = """
        create table team (id integer primary key, name text not null);
        create table person (id integer primary key, team_id integer not null references team (id), wage numeric(10,2));
        insert into team values (1, 'one'), (2, 'two'), (3, 'three');
        insert into person values (1, 1, 10.5), (2, 2, 20.5), (3, 3, 30.5);
        """;

    private readonly List<IAsyncDisposable> _owned = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-catchup-").FullName;

    public DatabaseCatalog Catalog { get; } = new([new SqliteProvider(TimeProvider.System), new PostgresProvider()]);

    public required IDatabase Source { get; init; }

    public required IDatabase Target { get; init; }

    public string RunDirectory => _directory;

    public static async Task<StepRoom> MakeAsync(PostgresCluster cluster, string source, string target)
    {
        var owned = new List<IAsyncDisposable>();
        var room = new StepRoom { Source = await OpenAsync(cluster, source, owned), Target = await OpenAsync(cluster, target, owned) };
        room._owned.AddRange(owned);
        await room.RunAsync(room.Source, Schema);
        await room.RunAsync(room.Target, Schema);
        return room;
    }

    public Task<StepObservation> CatchUpAsync(long limit = CatchUpStep.MostRows) =>
        new CatchUpStep(Catalog, new DatabaseLayouts(Catalog), TimeProvider.System) { Limit = limit }.ExecuteAsync(Context(new StepAction(DatabaseStepNames.CatchUp, "catch up")), TestContext.Current.CancellationToken);

    public async Task RunAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(TestContext.Current.CancellationToken);
        await session.ExecuteAsync(sql, [], TestContext.Current.CancellationToken);
    }

    /// <summary>Every row of a database as text.</summary>
    public async Task<string> RowsAsync(IDatabase database)
    {
        await using var session = await database.OpenSessionAsync(TestContext.Current.CancellationToken);
        var teams = await session.QueryAsync("select id, name from team order by id", [], TestContext.Current.CancellationToken);
        var people = await session.QueryAsync("select id, team_id, cast(wage * 100 as integer) from person order by id", [], TestContext.Current.CancellationToken);
        return string.Join(';', teams.Concat(people).Select(row => string.Join(',', row)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
        {
            await owned.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>As a run gives it to the seventh step; what earlier steps observed is the test's.</summary>
    public StepContext Context(StepAction action, params (string Step, JsonObject Data)[] observed) => new()
    {
        RunId = "run-1",
        RunDirectory = _directory,
        Spec = new MigrationSpec
        {
            Id = "s",
            Name = "s",
            Directory = _directory,
            Hash = "",
            Systems = [new DatabaseSystemSpec { Name = "db", Source = Source.Endpoint, Target = Target.Endpoint }],
        },
        Step = new PlanStep { Id = $"07-{action.Verb}:db", ParentHash = "", Hash = "", Phase = "test", System = "db", Action = action, Estimate = new StepEstimate(null, "none") },
        Action = action,
        Observed = observed.ToDictionary(step => step.Step, step => step.Data),
        Observer = SilentObserver.Instance,
    };

    private static async Task<IDatabase> OpenAsync(PostgresCluster cluster, string engine, List<IAsyncDisposable> owned)
    {
        if (engine == "sqlite")
        {
            var file = new SqliteFile();
            owned.Add(file);
            return file.Database;
        }

        var database = await cluster.CreateDatabaseAsync();
        var opened = new PostgresProvider().Open(database.Endpoint);
        owned.Add(opened);
        owned.Add(database);
        return opened;
    }
}
