using System.Globalization;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;
using Microsoft.Data.Sqlite;

namespace MigrationTools.Hosting.Tests;

/// <summary>A directory with a spec, its source and its runs, gone after the test; and a host over it.</summary>
internal sealed class Workbench : IDisposable
{
    private const string PasswordVariable = "MIGRATIONTOOLS_TEST_PASSWORD";

    private readonly string? _runs;

    /// <param name="wrapStore">What lies between the engine and its store of runs.</param>
    /// <param name="runs">The endpoint of the runs; null for the directory of this bench.</param>
    public Workbench(Func<IRunStore, IRunStore>? wrapStore = null, string? runs = null)
        : this(System.IO.Directory.CreateTempSubdirectory("migrationtools-e2e-").FullName, wrapStore, runs, "work", TimeProvider.System)
    {
    }

    private Workbench(string directory, Func<IRunStore, IRunStore>? wrapStore, string? runs, string workDirectory, TimeProvider time)
    {
        Directory = directory;
        _runs = runs;
        // What the fixture's server wants; specs refer to it by name, as users do.
        Environment.SetEnvironmentVariable(PasswordVariable, PostgresCluster.Password);
        Host = new MigrationHost(new HostOptions
        {
            RunsDirectory = runs is null ? RunsDirectory : null,
            RunsEndpoint = runs is null ? null : Endpoint.Parse(runs, directory),
            WorkDirectory = PathOf(workDirectory),
            WrapStore = wrapStore,
            Time = time,
        });
    }

    public string Directory { get; }

    public string RunsDirectory => Path.Combine(Directory, "runs");

    /// <summary>Where its runs are, as the command line is told.</summary>
    public string Runs => _runs ?? RunsDirectory;

    public MigrationHost Host { get; }

    public static string RepositoryRoot
    {
        get
        {
            var directory = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(directory, "MigrationTools.sln")))
            {
                directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside the repository.");
            }

            return directory;
        }
    }

    /// <summary>The URI of a fixture's database without its password in it.</summary>
    public static string UriOf(PostgresCluster cluster, PostgresTestDatabase database) =>
        string.Create(CultureInfo.InvariantCulture, $"postgresql://{PostgresCluster.User}:${{env:{PasswordVariable}}}@127.0.0.1:{cluster.Port}/{database.Name}");

    /// <summary>The same directory under a new host, as the next process finds it.</summary>
    public Workbench Reopened() => new(Directory, null, _runs, "work", TimeProvider.System);

    /// <summary>The same databases and runs as another host finds them: with a working directory and a clock of its own.</summary>
    public Workbench OnAnotherHost(TimeProvider? time = null) => new(Directory, null, _runs, "work of another host", time ?? TimeProvider.System);

    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>The sample's spec with other endpoints, beside a copy of its source.</summary>
    public MigrationSpec Shop(string source = "sqlite:shop-v2.db", string target = "sqlite:shop-v3.db", string? extra = null)
    {
        var shop = Path.Combine(RepositoryRoot, "samples", "shop");
        File.Copy(Path.Combine(shop, "shop-v2.db"), PathOf("shop-v2.db"), overwrite: true);
        System.IO.Directory.CreateDirectory(PathOf("scripts"));
        foreach (var script in System.IO.Directory.EnumerateFiles(Path.Combine(shop, "scripts")))
        {
            File.Copy(script, PathOf(Path.Combine("scripts", Path.GetFileName(script))), overwrite: true);
        }

        var text = File.ReadAllText(Path.Combine(shop, "migration.yaml"))
            .Replace("    source: sqlite:shop-v2.db", $"    source: {source}", StringComparison.Ordinal)
            .Replace("    target: sqlite:shop-v3.db", $"    target: {target}{(extra is null ? "" : Environment.NewLine + "    " + extra)}", StringComparison.Ordinal);
        return Write(text);
    }

    /// <summary>Three small tables that refer to each other, one of them in a circle; no scripts: the schema is converted.</summary>
    public MigrationSpec Small(string target = "sqlite:target.db", string? extra = null, int rows = 60)
    {
        Sql("source.db", $""""
            create table team (id integer primary key, name text not null, lead_id integer references person (id));
            create table person (id integer primary key, name text not null, team_id integer not null references team (id), wage decimal(10,2));
            create table "log ""odd""" (at text, what text);
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows})
            insert into team select i, 'team ' || i, i from n;
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows})
            insert into person select i, 'person ' || i || ' ü🚚', i, i * 1.25 from n;
            insert into "log ""odd""" values ('2024-01-01', 'a'), ('2024-01-01', 'a'), (null, null);
            create index person_name on person (name);
            """");
        return Write($$"""
            id: small
            name: Small
            strategy: BigBang
            systems:
              db:
                kind: database
                source: sqlite:source.db
                target: {{target}}
                copy: { chunkRows: 20, parallelism: 1 }
            {{(extra is null ? "" : "    " + extra)}}
            """);
    }

    public MigrationSpec Write(string text)
    {
        File.WriteAllText(PathOf("migration.yaml"), text);
        return Host.ReadSpec(PathOf("migration.yaml"));
    }

    public void Sql(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={PathOf(file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma foreign_keys = off; " + sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={PathOf(file)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public Task<RunState> RunAsync(MigrationSpec spec, RunOptions? options = null) =>
        Host.RunAsync(spec, options ?? new RunOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken);

    /// <summary>The newest run's id.</summary>
    public async Task<string> RunIdAsync() => (await Host.Runs.ListAsync(TestContext.Current.CancellationToken))[0];

    public async Task<RunState> ResumeAsync(RunOptions? options = null) =>
        await Host.ResumeAsync(await RunIdAsync(), options ?? new RunOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken);

    public async Task<RunState> RollbackAsync(bool acceptDataLoss = false, string? phase = null) =>
        await Host.RollbackAsync(await RunIdAsync(), "the test wants it", new RunOptions { AcceptDataLoss = acceptDataLoss, Phase = phase }, SilentObserver.Instance, TestContext.Current.CancellationToken);

    public async Task<RunState> LookAsync() => await Host.Runs.LookAsync(await RunIdAsync(), TestContext.Current.CancellationToken);

    /// <summary>A person's yes to the one step that waits for it.</summary>
    public Task ApproveAsync(RunState waiting, string why) =>
        new RunApprovals(Host.Runs, TimeProvider.System).GiveAsync(waiting.RunId, null, approved: true, "ada", why, TestContext.Current.CancellationToken);

    /// <summary>The run as it stands when it waits for a person.</summary>
    public async Task<RunState> UntilWaitingAsync(Task<RunState> running)
    {
        while (true)
        {
            if (running.IsCompleted)
            {
                throw new InvalidOperationException($"The run ended before it waited: {(await running).Message}");
            }

            if ((await Host.Runs.ListAsync(TestContext.Current.CancellationToken)).Count > 0 && await LookAsync() is var state && RunApprovals.Waiting(state).Count > 0)
            {
                return state;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        // One bench may have two owners.
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
