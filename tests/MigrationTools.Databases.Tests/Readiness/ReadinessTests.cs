using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Readiness;

/// <summary>What the tests of the readiness checks share: real databases of both engines, and a spec of one system.</summary>
public abstract class ReadinessTests(PostgresCluster cluster) : IAsyncDisposable
{
    private readonly SqliteScratch _sqlite = new();
    private readonly PostgresScratch _postgres = new(cluster);

    /// <summary>A directory of the test's own.</summary>
    protected string Place { get; } = Directory.CreateTempSubdirectory("mt-readiness").FullName;

    protected PostgresCluster Cluster => cluster;

    protected static DatabaseCatalog Catalog => new([new SqliteProvider(), new PostgresProvider()]);

    /// <summary>Both engines, with servers that say of themselves what the test wants.</summary>
    protected static DatabaseCatalog CatalogThatSays(Func<ServerInfo, ServerInfo> says) =>
        new([new TerseProvider(new SqliteProvider(), says), new TerseProvider(new PostgresProvider(), says)]);

    protected Task<Endpoint> SqliteAsync(string sql = "create table t (id integer)") => _sqlite.NewAsync(sql);

    protected Task<Endpoint> PostgresAsync(string sql = "create table t (id integer)") => _postgres.NewAsync(sql);

    /// <summary>A SQLite endpoint of a file that is not there, in a directory that is.</summary>
    protected Endpoint NoFile => Endpoint.Parse("sqlite:none.db", Place);

    protected static MigrationSpec Spec(Endpoint source, Endpoint target, ReadinessSpec? readiness = null, FenceMode fence = FenceMode.Observe) => new()
    {
        Id = "test",
        Name = "a test",
        Systems = [new DatabaseSystemSpec { Name = "shop", Source = source, Target = target, Fence = fence }],
        Readiness = readiness ?? new ReadinessSpec(),
        Directory = Path.GetTempPath(),
        Hash = new string('0', 64),
    };

    protected static ReadinessSpec Skipping(string pattern) => new() { Skip = new Dictionary<string, string> { [pattern] = "known" } };

    protected static async Task<List<CheckResult>> AskAsync(IReadinessCheck check, MigrationSpec spec) =>
        await new ReadinessAssessment([check]).AssessAsync(spec, SilentObserver.Instance, default).ToListAsync();

    protected static async Task<CheckResult> AskAsync(IReadinessCheck check, MigrationSpec spec, string id)
    {
        var result = (await AskAsync(check, spec)).Single(answer => answer.Id == id);
        (result.Verdict is Verdict.Passed or Verdict.Skipped ? result.Remedy is null : !string.IsNullOrEmpty(result.Remedy)).ShouldBeTrue($"remedy of {result.Verdict}: {result.Remedy}");
        if (result.Verdict is Verdict.Passed or Verdict.Failed)
        {
            result.Evidence.ShouldNotBeEmpty();
        }

        return result;
    }

    /// <summary>Pairs of the tables of both sides by name, as they are when asked for.</summary>
    protected static async Task<IReadOnlyList<TablePair>> PairsOfAsync(DatabaseSystemSpec system)
    {
        await using var source = Catalog.Open(system.Source);
        await using var target = Catalog.Open(system.Target);
        return await Pairs.ByNameAsync(source, target);
    }

    /// <summary>The structure of one table as its server reads it.</summary>
    protected static async Task<TableSchema> TableAsync(Endpoint endpoint)
    {
        await using var database = Catalog.Open(endpoint);
        return (await database.ReadSchemaAsync(default)).Tables.Single();
    }

    protected static async Task RunAsync(Endpoint endpoint, string sql)
    {
        await using var database = Catalog.Open(endpoint);
        await using var session = await database.OpenSessionAsync(default);
        await session.ExecuteAsync(sql, [], default);
    }

    /// <summary>The endpoint under a login of its own without any right but to log in; the role goes with the server.</summary>
    protected async Task<Endpoint> AsStrangerAsync(Endpoint endpoint)
    {
        var role = $"stranger_{Guid.NewGuid():N}";
        await cluster.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'strange'");
        var name = endpoint.Reveal()[(endpoint.Reveal().LastIndexOf('/') + 1)..];
        return Endpoint.Parse(cluster.UriOf(name, role, "strange"), Path.GetTempPath());
    }

    public async ValueTask DisposeAsync()
    {
        await _sqlite.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(Place, recursive: true);
        GC.SuppressFinalize(this);
    }
}
