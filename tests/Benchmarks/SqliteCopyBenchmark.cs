using System.Globalization;

namespace MigrationTools.Benchmarks;

/// <summary>SQLite to PostgreSQL with creation of the table, beside pgloader.</summary>
internal static class SqliteCopyBenchmark
{
    public static async Task<string> RunAsync(BenchmarkCluster cluster, int rows, int runs)
    {
        var file = Path.Combine(cluster.Scratch, "source.db");
        await Shell.RunAsync(
            "sqlite3", file,
            $"""
            CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, amount DECIMAL(12,2), at DATETIME, ok BOOLEAN, hash TEXT);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO t SELECT i, 'name ' || i, (i % 100000) / 100.0, datetime('2020-01-01', i || ' seconds'), i % 3 = 0, lower(hex(randomblob(16))) FROM n;
            """);
        await Shell.RunAsync("chmod", "666", file);
        var hasPeer = Shell.Has("pgloader");
        var version = hasPeer ? (await Shell.RunAsync("pgloader", "--version")).Output.Split('\n')[0] : "";

        var (peer, own) = (new Measurement("pgloader"), new Measurement("MigrationTools"));
        for (var run = 0; run < runs; run++)
        {
            if (hasPeer)
            {
                await RecreateAsync(cluster);
                var uri = string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{cluster.Port}/sqlite_target?sslmode=disable");
                var (output, elapsed) = await Shell.RunAsync("/usr/bin/time", "-v", "pgloader", "sqlite://" + file, uri);
                peer.Seconds.Add(elapsed.TotalSeconds);
                peer.PeakMegabytes.Add(double.Parse(output.Split("Maximum resident set size (kbytes): ")[1].Split('\n')[0], CultureInfo.InvariantCulture) / 1024);
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"pgloader: {elapsed.TotalSeconds:0.00} s"));
                await CheckAsync(cluster, rows);
            }

            await RecreateAsync(cluster);
            var copied = await CopyCommand.MeasureAsync("sqlite:" + file, cluster.Uri("sqlite_target"), "--create", "--suspend");
            own.Seconds.Add(copied.Seconds);
            own.PeakMegabytes.Add(copied.PeakMegabytes);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"MigrationTools: {copied.Seconds:0.00} s, {copied.PeakMegabytes:0} MB"));
            await CheckAsync(cluster, rows);
        }

        var peerRow = hasPeer ? peer.Row(peer.Median) : "| pgloader | not installed | | | |";
        var faster = hasPeer ? string.Create(CultureInfo.InvariantCulture, $"{peer.Median / own.Median:0.00} times faster than {version}.") : "No peer was there to compare with.";
        return string.Create(CultureInfo.InvariantCulture, $"""
            ### SQLite to PostgreSQL, {rows:N0} rows

            The same six columns, the table made by the contender; {runs} alternating runs, whole processes from start to end. Goal: at least 2.5 times
            faster than pgloader 3.6.9 of Debian. {faster}

            | contender | median s | range s | ratio | peak MB |
            |---|---|---|---|---|
            {peerRow}
            {own.Row(hasPeer ? peer.Median : own.Median)}
            """);
    }

    private static async Task RecreateAsync(BenchmarkCluster cluster) =>
        await cluster.SqlAsync("postgres", "DROP DATABASE IF EXISTS sqlite_target", "CREATE DATABASE sqlite_target", "CHECKPOINT");

    private static async Task CheckAsync(BenchmarkCluster cluster, int rows)
    {
        var found = await cluster.SqlAsync("sqlite_target", "SELECT count(*) || ' ' || sum(amount) FROM t");
        var wanted = Enumerable.Range(1, rows).Sum(i => (long)(i % 100000)) / 100m;
        if (found != string.Create(CultureInfo.InvariantCulture, $"{rows} {wanted:0.00}"))
        {
            throw new InvalidOperationException($"{found} arrived instead of {rows} rows with {wanted}.");
        }
    }
}
