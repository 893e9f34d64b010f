using System.Globalization;

namespace MigrationTools.Benchmarks;

/// <summary>PostgreSQL to PostgreSQL, a table of 6 columns with a primary key, beside a pipe of two psql with COPY BINARY.</summary>
internal static class PostgresCopyBenchmark
{
    private const string Columns = "(id bigint PRIMARY KEY, name text, amount numeric(12,2), at timestamp, ok boolean, hash text)";

    public static async Task<string> RunAsync(BenchmarkCluster cluster, int rows, int runs)
    {
        await FillAsync(cluster, "pg_source", rows);
        await cluster.SqlAsync("postgres", "CREATE DATABASE pg_target");
        await cluster.SqlAsync("pg_target", $"CREATE TABLE t {Columns}");

        var (peer, own, suspended) = (new Measurement("psql COPY BINARY, piped"), new Measurement("MigrationTools"), new Measurement("MigrationTools, keys suspended"));
        for (var run = 0; run < runs; run++)
        {
            await EmptyAsync(cluster);
            var pipe = $"{cluster.Psql("pg_source")} -c 'COPY t TO STDOUT (FORMAT BINARY)' | {cluster.Psql("pg_target")} -c 'COPY t FROM STDIN (FORMAT BINARY)'";
            peer.Seconds.Add((await Shell.RunAsync("sh", "-c", pipe)).Elapsed.TotalSeconds);
            await CheckAsync(cluster, rows);

            await EmptyAsync(cluster);
            Add(own, await CopyCommand.MeasureAsync(cluster.Uri("pg_source"), cluster.Uri("pg_target")));
            await CheckAsync(cluster, rows);

            await EmptyAsync(cluster);
            Add(suspended, await CopyCommand.MeasureAsync(cluster.Uri("pg_source"), cluster.Uri("pg_target"), "--suspend"));
            await CheckAsync(cluster, rows);
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            ### PostgreSQL to PostgreSQL, {rows:N0} rows

            Six columns (bigint key, text, numeric, timestamp, boolean, 32 characters) into a table with a primary key; {runs} alternating runs, whole
            processes from start to end. Goal: at most 1.40 times the pipe.

            | contender | median s | range s | ratio | peak MB |
            |---|---|---|---|---|
            {peer.Row(peer.Median)}
            {own.Row(peer.Median)}
            {suspended.Row(peer.Median)}
            """);
    }

    /// <summary>Makes a database with the table t.</summary>
    public static async Task FillAsync(BenchmarkCluster cluster, string database, int rows)
    {
        await cluster.SqlAsync("postgres", $"CREATE DATABASE {database}");
        await cluster.SqlAsync(
            database,
            $"CREATE TABLE t {Columns}",
            $"INSERT INTO t SELECT i, 'name ' || i, (i % 100000) / 100.0, timestamp '2020-01-01' + i * interval '1 s', i % 3 = 0, md5(i::text) FROM generate_series(1, {rows}) AS i",
            "VACUUM ANALYZE t");
    }

    private static Task EmptyAsync(BenchmarkCluster cluster) => cluster.SqlAsync("pg_target", "TRUNCATE t", "CHECKPOINT");

    private static async Task CheckAsync(BenchmarkCluster cluster, int rows)
    {
        var found = await cluster.SqlAsync("pg_target", "SELECT count(*) FROM t");
        if (found != rows.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException($"{found} rows arrived instead of {rows}.");
        }
    }

    private static void Add(Measurement measurement, (double Seconds, double PeakMegabytes) run)
    {
        measurement.Seconds.Add(run.Seconds);
        measurement.PeakMegabytes.Add(run.PeakMegabytes);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measurement.Name}: {run.Seconds:0.00} s, {run.PeakMegabytes:0} MB"));
    }
}
