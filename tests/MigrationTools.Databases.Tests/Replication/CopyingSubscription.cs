using System.Globalization;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Replication;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;
using Npgsql;

namespace MigrationTools.Databases.Tests.Replication;

/// <summary>
/// A subscription whose table's worker hangs for as long as this lives: a write transaction is open on the source, and CREATE_REPLICATION_SLOT waits for it. Source
/// and target lie on one server.
/// </summary>
internal sealed class CopyingSubscription : IAsyncDisposable
{
    public const string Name = "mt_test";

    private readonly PostgresCluster _cluster;
    private readonly PostgresTestDatabase _source;
    private readonly PostgresTestDatabase _target;
    private readonly NpgsqlConnection _writer;
    private readonly List<string> _roles = [];

    private CopyingSubscription(PostgresCluster cluster, PostgresTestDatabase source, PostgresTestDatabase target, NpgsqlConnection writer)
    {
        _cluster = cluster;
        _source = source;
        _target = target;
        _writer = writer;
    }

    public static async Task<CopyingSubscription> MakeAsync(PostgresCluster cluster)
    {
        var source = await cluster.CreateDatabaseAsync();
        var target = await cluster.CreateDatabaseAsync();
        await cluster.QueryAsync(source.Name, $"create table t (id int primary key); insert into t values (1); create table other (id int); create publication {Name} for table t");
        await cluster.QueryAsync(source.Name, $"select pg_create_logical_replication_slot('{Name}', 'pgoutput')");
        await cluster.QueryAsync(target.Name, "create table t (id int primary key)");
        var writer = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = cluster.Port,
            Username = PostgresCluster.User,
            Password = PostgresCluster.Password,
            Database = source.Name,
            Pooling = false,
        }.ConnectionString);
        var room = new CopyingSubscription(cluster, source, target, writer);
        await room.HangAsync();
        return room;
    }

    /// <summary>What the worker's sender waits for.</summary>
    public int Writer => _writer.ProcessID;

    public string WeakRole => $"{_target.Name}_weak";

    public Task<string?> OfTargetAsync(string sql) => _cluster.QueryAsync(_target.Name, sql);

    public async Task<int> SenderAsync() =>
        int.Parse((await SendersAsync())!, CultureInfo.InvariantCulture);

    /// <summary>Who holds slots of the target's tables.</summary>
    public Task<string?> SendersAsync() => _cluster.QueryAsync(
        _source.Name, "select string_agg(active_pid::text, ',') from pg_replication_slots where database = current_database() and slot_name like 'pg\\_%\\_sync\\_%'");

    /// <summary>The databases as a login of these attributes reaches them; the subscription becomes its own.</summary>
    public async Task<DatabasePair> AsAsync(string attributes)
    {
        var role = $"{_target.Name}_role";
        _roles.Add(role);
        await _cluster.QueryAsync(_target.Name, $"create role {role} login superuser password 'secret'; alter subscription {Name} owner to {role}; alter role {role} {attributes}");
        return Pair(_cluster.UriOf(_source.Name, role, "secret"), _cluster.UriOf(_target.Name, role, "secret"));
    }

    /// <summary>The target as its superuser reaches it, the source as a login that may replicate and no more.</summary>
    public async Task<DatabasePair> WithWeakSourceAsync()
    {
        _roles.Add(WeakRole);
        await _cluster.ExecuteAsync($"create role {WeakRole} login replication password 'secret'");
        return Pair(_cluster.UriOf(_source.Name, WeakRole, "secret"), _target.Uri);
    }

    public DatabasePair AsSuperuser() => Pair(_source.Uri, _target.Uri);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await OfTargetAsync("""
            do $$
            declare name text;
            begin
                select subname into name from pg_subscription where subdbid = (select oid from pg_database where datname = current_database());
                if name is not null then
                    execute format('alter subscription %I disable', name);
                    execute format('alter subscription %I set (slot_name = none)', name);
                    execute format('drop subscription %I', name);
                end if;
            end $$
            """);
        await _target.DisposeAsync();
        await _source.DisposeAsync();
        foreach (var role in _roles)
        {
            await _cluster.ExecuteAsync($"drop role {role}");
        }
    }

    private static DatabasePair Pair(string source, string target)
    {
        var provider = new PostgresProvider();
        var spec = new DatabaseSystemSpec { Name = "db", Source = Endpoint.Parse(source, "/"), Target = Endpoint.Parse(target, "/") };
        return new DatabasePair(spec, provider.Open(spec.Source), provider.Open(spec.Target));
    }

    private async Task HangAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await _writer.OpenAsync(cancellationToken);
        await using (var begin = new NpgsqlCommand("begin; insert into other values (1)", _writer))
        {
            await begin.ExecuteNonQueryAsync(cancellationToken);
        }

        var address = $"host=127.0.0.1 port={_cluster.Port} user={PostgresCluster.User} password=''{PostgresCluster.Password}'' dbname={_source.Name}";
        await OfTargetAsync($"create subscription {Name} connection '{address}' publication {Name} with (create_slot = false, slot_name = {Name})");
        while (await _cluster.QueryAsync(_source.Name, "select count(*) from pg_replication_slots where database = current_database() and slot_name like 'pg\\_%\\_sync\\_%' and cardinality(pg_blocking_pids(active_pid)) > 0") != "1")
        {
            await Task.Delay(20, cancellationToken);
        }
    }
}
