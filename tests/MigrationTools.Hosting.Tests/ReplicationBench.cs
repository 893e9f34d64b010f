using System.Globalization;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;
using Npgsql;

namespace MigrationTools.Hosting.Tests;

/// <summary>A blue and a green database on one server, a spec that keeps them in step, and a look at what is left of that.</summary>
internal sealed class ReplicationBench : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly PostgresCluster _ofBlue;

    private ReplicationBench(PostgresCluster cluster, PostgresCluster ofBlue, PostgresTestDatabase blue, PostgresTestDatabase green, Workbench work)
    {
        _cluster = cluster;
        _ofBlue = ofBlue;
        Blue = blue;
        Green = green;
        Work = work;
    }

    public PostgresTestDatabase Blue { get; }

    public PostgresTestDatabase Green { get; }

    private const string OwnSubscriptions = "select string_agg(subname, ',') from pg_subscription where subdbid = (select oid from pg_database where datname = current_database())";

    public Workbench Work { get; private set; }

    /// <param name="cluster">Green's server.</param>
    /// <param name="wrapStore">What lies between the engine and its store of runs.</param>
    /// <param name="ofBlue">Blue's server, where it is another.</param>
    /// <param name="rows">Of each table.</param>
    public static async Task<ReplicationBench> MakeAsync(PostgresCluster cluster, Func<IRunStore, IRunStore>? wrapStore = null, PostgresCluster? ofBlue = null, int rows = 200)
    {
        ofBlue ??= cluster;
        var blue = await ofBlue.CreateDatabaseAsync();
        var green = await cluster.CreateDatabaseAsync();
        await ofBlue.QueryAsync(blue.Name, string.Create(CultureInfo.InvariantCulture, $"""
            create table customer (id bigserial primary key, name text not null);
            create table "Order" (id int primary key, customer_id bigint not null references customer (id), total numeric(12, 2));
            insert into customer (name) select 'customer ' || i from generate_series(1, {rows}) i;
            insert into "Order" select i, i, i * 1.25 from generate_series(1, {rows}) i;
            select setval('customer_id_seq', {rows} + 500);
            """));
        return new ReplicationBench(cluster, ofBlue, blue, green, new Workbench(wrapStore));
    }

    /// <summary>The database as a line of a spec's systems, in one with services and traffic.</summary>
    public string System(string more = "") =>
        $"db: {{ kind: database, source: '{Workbench.UriOf(_ofBlue, Blue)}', target: '{Workbench.UriOf(_cluster, Green)}', replication: logical, fence: readOnly{more} }}";

    /// <summary>Runs to the end, or says why it did not come to it.</summary>
    public async Task CompleteAsync()
    {
        var state = await Work.RunAsync(Spec());
        state.Status.ShouldBe(RunStatus.Completed, state.Message);
    }

    /// <param name="replication">logical or none.</param>
    /// <param name="more">Further keys of the system.</param>
    /// <param name="strategy">The strategy.</param>
    /// <param name="login">Of both sides, with the fixture's password.</param>
    public MigrationSpec Spec(string replication = "logical", string more = "", string strategy = "BlueGreen", string login = PostgresCluster.User) => Work.Write($$"""
        id: shop
        name: Shop
        strategy: {{strategy}}
        systems:
          db:
            kind: database
            source: {{Workbench.UriOf(_ofBlue, Blue).Replace($"//{PostgresCluster.User}:", $"//{login}:", StringComparison.Ordinal)}}
            target: {{Workbench.UriOf(_cluster, Green).Replace($"//{PostgresCluster.User}:", $"//{login}:", StringComparison.Ordinal)}}
            replication: {{replication}}
            fence: readOnly
            {{more}}
        """);

    /// <summary>A transaction that stays open until what is returned is disposed of.</summary>
    public async Task<IAsyncDisposable> OpenAsync(PostgresTestDatabase database, string sql)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = (database == Blue ? _ofBlue : _cluster).Port,
            Username = PostgresCluster.User,
            Password = PostgresCluster.Password,
            Database = database.Name,
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; {sql}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public Task<string?> OfBlueAsync(string sql) => _ofBlue.QueryAsync(Blue.Name, sql);

    public Task<string?> OfGreenAsync(string sql) => _cluster.QueryAsync(Green.Name, sql);

    /// <summary>Goes on as the next process would.</summary>
    public void Reopen() => Work = Work.Reopened();

    /// <summary>Writers as a service has them: a connection a write, at most <paramref name="most"/>; ends where the fence refuses one.</summary>
    /// <returns>How many writes were taken.</returns>
    public async Task<int> WriteUntilFencedAsync(int most, CancellationToken cancellationToken)
    {
        for (var written = 0; written < most; written++)
        {
            try
            {
                await OfBlueAsync(string.Create(CultureInfo.InvariantCulture, $"""
                    insert into customer (name) values ('late {written}');
                    update "Order" set total = total + 1 where id = {written + 1};
                    delete from "Order" where id = {200 - written};
                    """));
            }
            catch (PostgresException e) when (e.SqlState == "25006")
            {
                return written;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return most;
    }

    /// <summary>Every row of a database's tables as one text.</summary>
    public async Task<string> RowsAsync(PostgresTestDatabase database) => await (database == Blue ? _ofBlue : _cluster).QueryAsync(database.Name, """
        select (select string_agg(c::text, ';' order by id) from customer c) || '|' || (select string_agg(o::text, ';' order by id) from "Order" o)
        """) ?? "";

    /// <summary>Slots, publications and subscriptions of these two databases, by name; empty where nothing is left.</summary>
    public async Task<string> LeftAsync()
    {
        var slots = await OfBlueAsync("select string_agg(slot_name, ',') from pg_replication_slots where database = current_database()");
        var subscriptions = await OfGreenAsync(OwnSubscriptions);
        var publications = await OfBlueAsync("select string_agg(pubname, ',') from pg_publication");
        return $"{slots}{subscriptions}{publications}";
    }

    public async ValueTask DisposeAsync()
    {
        // A failing test must not leave a subscription whose worker goes on, or a slot, to the tests after it.
        foreach (var name in (await OfGreenAsync(OwnSubscriptions))!.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            await OfGreenAsync($"alter subscription \"{name}\" disable; alter subscription \"{name}\" set (slot_name = none); drop subscription \"{name}\"");
        }

        Work.Dispose();
        await Blue.DisposeAsync();
        await Green.DisposeAsync();
    }
}
