using System.Diagnostics;
using System.Globalization;

namespace MigrationTools.Benchmarks;

/// <summary>Comparisons of PostgreSQL with PostgreSQL beside the server's own sums, its COPY, and pg_comparator.</summary>
internal static class PostgresCompareBenchmark
{
    private const long Scattered = 100;

    /// <summary>The server's typed hash functions chained through their seed, without what Native adds to tell apart what they call equal: less than Native can do.</summary>
    private const string TypedHashes =
        "SELECT sum(hashint8extended(id, hashtextextended(name, hash_numeric_extended(amount, timestamp_hash_extended(at, hashtextextended(hash, ok::int::bigint)))))) FROM t";

    public static async Task<string> RunAsync(BenchmarkCluster cluster, int rows, int runs)
    {
        await PostgresCopyBenchmark.FillAsync(cluster, "cmp_source", rows);
        await PostgresCopyBenchmark.FillAsync(cluster, "cmp_target", rows);
        await PostgresCopyBenchmark.FillAsync(cluster, "cmp_few", rows);
        await PostgresCopyBenchmark.FillAsync(cluster, "cmp_many", rows);
        await cluster.SqlAsync("cmp_few", $"UPDATE t SET amount = -amount WHERE id % {rows / Scattered} = 1", "VACUUM ANALYZE t");
        await cluster.SqlAsync("cmp_many", "UPDATE t SET name = name || '!' WHERE id % 10 < 3", "VACUUM ANALYZE t", "CHECKPOINT");
        foreach (var database in new[] { "cmp_source", "cmp_target" })
        {
            await cluster.SqlAsync(database, "CREATE TABLE ten AS SELECT * FROM t WHERE id <= 10", "ALTER TABLE ten ADD PRIMARY KEY (id)", "ANALYZE ten");
        }

        var many = long.Parse(await cluster.SqlAsync("cmp_many", "SELECT count(*) FROM t WHERE id % 10 < 3"), CultureInfo.InvariantCulture);

        var (sums, copies, comparator) = (new Measurement("two `sum(hash_record_extended(t, 0))`"), new Measurement("two `COPY … TO STDOUT (FORMAT binary)`"), new Measurement("pg_comparator"));
        var typed = new Measurement("two sums of the typed hashes alone");
        var (native, nativeFew, nativeMany) = (new Measurement("Native, all equal"), new Measurement("Native, 100 scattered differences"), new Measurement("Native, 30 % of rows different"));
        var ten = new Measurement("10 rows");
        var (stream, streamFew, streamMany) = (new Measurement("Stream, all equal"), new Measurement("Stream, 100 scattered differences"), new Measurement("Stream, 30 % of rows different"));
        for (var run = 0; run < runs; run++)
        {
            await BothAsync(cluster, sums, "SELECT sum(hash_record_extended(t, 0)) FROM t");
            await BothAsync(cluster, typed, TypedHashes);
            await AddAsync(cluster, native, "native", "cmp_target", 0);
            await BothAsync(cluster, copies, "COPY t TO STDOUT (FORMAT binary)");
            await AddAsync(cluster, stream, "stream", "cmp_target", 0);
            await AddAsync(cluster, ten, "stream", "cmp_target", 0, "ten");
            await AddAsync(cluster, nativeFew, "native", "cmp_few", Scattered);
            await AddAsync(cluster, nativeMany, "native", "cmp_many", many);
            await AddAsync(cluster, streamFew, "stream", "cmp_few", Scattered);
            await AddAsync(cluster, streamMany, "stream", "cmp_many", many);
            if (Shell.Has("pg_comparator"))
            {
                Note(comparator, await ComparatorAsync(cluster));
            }
        }

        var comparing = comparator.Seconds.Count == 0
            ? "| pg_comparator | not installed | | | | |"
            : Row(comparator, native, "at least 3.00 of Native");
        return string.Create(CultureInfo.InvariantCulture, $"""
            ### PostgreSQL to PostgreSQL, {rows:N0} rows

            Six columns (bigint key, text, numeric, timestamp, boolean, 32 characters) in databases of one server; {runs} alternating runs, the published program from start to
            end, one table at a time. Differences are checked to be exactly those that were made.

            | contender | median s | range s | ratio | goal | peak MB |
            |---|---|---|---|---|---|
            {Row(sums, sums, "")}
            {Row(typed, sums, "of the first line; what the hashing alone takes")}
            {Row(native, sums, "at most 0.70 of the first line")}
            {Row(nativeFew, native, "at most 1.50 of Native, all equal")}
            {Row(nativeMany, native, "at most 3.00 of Native, all equal")}
            {Row(copies, copies, "")}
            {Row(stream, copies, "at most 1.50 of the COPYs")}
            {Row(streamFew, stream, "at most 1.50 of Stream, all equal")}
            {Row(streamMany, stream, "at most 3.00 of Stream, all equal")}
            {comparing}
            {Row(ten, sums, "under 0.4 s")}
            """);
    }

    internal static string Row(Measurement measured, Measurement reference, string goal) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {measured.Name} | {measured.Median:0.00} | {measured.Seconds.Min():0.00}–{measured.Seconds.Max():0.00} | {measured.Median / reference.Median:0.00} | {goal} | {(measured.PeakMegabytes.Count == 0 ? "" : $"{measured.PeakMegabytes.Max():0}")} |");

    private static async Task BothAsync(BenchmarkCluster cluster, Measurement measurement, string sql)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(new[] { "cmp_source", "cmp_target" }.Select(database => Shell.RunAsync("sh", "-c", $"{cluster.Psql(database)} -c '{sql}' > /dev/null")));
        Note(measurement, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task AddAsync(BenchmarkCluster cluster, Measurement measurement, string method, string target, long differences, string table = "t")
    {
        var run = await CompareProgram.RunAsync("--source", cluster.Uri("cmp_source"), "--target", cluster.Uri(target), "--tables", table, "--method", method, "--parallelism", "1");
        _ = run.Expect(method == "native" ? "Native" : "Stream", differences);
        measurement.PeakMegabytes.Add(run.PeakMegabytes);
        Note(measurement, run.Seconds);
    }

    private static async Task<double> ComparatorAsync(BenchmarkCluster cluster)
    {
        string Side(string database) => string.Create(CultureInfo.InvariantCulture, $"pgsql://postgres@127.0.0.1:{cluster.Port}/{database}/t?id:name,amount,at,ok,hash");
        foreach (var database in new[] { "cmp_source", "cmp_target" })
        {
            await cluster.SqlAsync(database, "CREATE EXTENSION IF NOT EXISTS pgcmp");
        }

        var began = Stopwatch.GetTimestamp();
        await Shell.RunAsync("pg_comparator", Side("cmp_source"), Side("cmp_target"));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Note(Measurement measurement, double seconds)
    {
        measurement.Seconds.Add(seconds);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measurement.Name}: {seconds:0.00} s"));
    }
}
