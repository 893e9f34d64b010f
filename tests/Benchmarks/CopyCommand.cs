using System.Diagnostics;
using System.Globalization;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Schema;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Benchmarks;

/// <summary>
/// The contender: <c>copy source target [--create] [--suspend]</c> copies every table of the source, in a process of its own, so that its start and
/// its memory count. Prints rows and peak working set.
/// </summary>
internal static class CopyCommand
{
    /// <summary>Runs this program again as the contender.</summary>
    public static async Task<(double Seconds, double PeakMegabytes)> MeasureAsync(string source, string target, params IReadOnlyList<string> options)
    {
        List<string> arguments = [typeof(CopyCommand).Assembly.Location, "copy", source, target, .. options];
        var (output, elapsed) = await Shell.RunAsync("dotnet", arguments);
        return (elapsed.TotalSeconds, double.Parse(output.Split("peak ")[1].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    public static async Task<int> RunAsync(string source, string target, IReadOnlyList<string> options)
    {
        var catalog = new DatabaseCatalog([new SqliteProvider(), new PostgresProvider()]);
        await using var from = catalog.Open(Endpoint.Parse(source, Environment.CurrentDirectory));
        await using var to = catalog.Open(Endpoint.Parse(target, Environment.CurrentDirectory));
        var schema = await from.ReadSchemaAsync(CancellationToken.None);
        if (options.Contains("--create"))
        {
            await CreateAsync(schema, from, to);
        }

        var targetSchema = await to.ReadSchemaAsync(CancellationToken.None);
        var pairs = schema.Tables.Select(table => Pair(table, targetSchema.Find(new TableName(null, table.Name.Name))!)).ToList();
        var suspended = options.Contains("--suspend") ? await ConstraintSuspension.PlanAsync(to, [.. pairs.Select(pair => pair.Target.Name)], CancellationToken.None) : null;
        if (suspended is not null)
        {
            await ConstraintSuspension.SuspendAsync(to, suspended, CancellationToken.None);
        }

        var copyOptions = new CopyOptions { CopyId = "benchmark", RejectedDirectory = Path.Combine(Path.GetTempPath(), "migrationtools-bench-rejected") };
        var rows = 0L;
        await foreach (var result in new DatabaseCopier().CopyAsync(from, to, pairs, copyOptions, SilentObserver.Instance, CancellationToken.None))
        {
            rows += result.Rows;
        }

        if (suspended is not null)
        {
            await ConstraintSuspension.RestoreAsync(to, suspended, CancellationToken.None);
        }

        await CopyProgress.RemoveAsync(to, copyOptions.CopyId, CancellationToken.None);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rows {rows} peak {self.PeakWorkingSet64 / 1048576.0:0.0} cpu {self.TotalProcessorTime.TotalSeconds:0.00}"));
        return 0;
    }

    private static async Task CreateAsync(DatabaseSchema schema, IDatabase from, IDatabase to)
    {
        var conversion = SchemaConverter.Convert(schema, from.Dialect, to.Dialect, SchemaMapping.Everything(schema));
        await using var session = await to.OpenSessionAsync(CancellationToken.None);
        foreach (var statement in SchemaDdl.Statements(conversion, to.Dialect))
        {
            await session.ExecuteAsync(statement, [], CancellationToken.None);
        }
    }

    private static TablePair Pair(TableSchema source, TableSchema target) => new()
    {
        Source = source,
        Target = target,
        Columns = [.. source.Columns.Select(column => new ColumnPair(new ReadColumn(column.Name, column.Type), target.FindColumn(column.Name)!))],
        Key = target.PrimaryKey?.Columns ?? [],
    };
}
