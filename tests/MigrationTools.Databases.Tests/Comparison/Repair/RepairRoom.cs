using System.Diagnostics;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison.Repair;

/// <summary>Two databases, a script that makes the one equal to the other, and the real program that runs it.</summary>
internal sealed class RepairRoom(IScratch sourceScratch, IScratch targetScratch) : IAsyncDisposable
{
    private readonly List<IDatabase> _opened = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-repair-").FullName;
    private Endpoint? _target;

    public IDatabase Source => _opened[0];

    public IDatabase Target => _opened[1];

    public string ScriptPath => Path.Combine(_directory, "repair.sql");

    public string Script => File.ReadAllText(ScriptPath);

    public async Task OpenAsync(string sourceSql, string targetSql)
    {
        _opened.Add(sourceScratch.Provider.Open(await sourceScratch.NewAsync(EngineSyntax.For(sourceScratch, sourceSql))));
        _target = await targetScratch.NewAsync(EngineSyntax.For(targetScratch, targetSql));
        _opened.Add(targetScratch.Provider.Open(_target));
    }

    /// <summary>Compares, tells the script of all differences, lets something happen, and writes it.</summary>
    public async Task<RepairSummary> WriteAsync(Func<Task>? meanwhile = null, Func<TablePair, TablePair>? change = null, double? sample = null, TextRules? text = null)
    {
        IReadOnlyList<TablePair> pairs = [.. (await Pairs.ByNameAsync(Source, Target)).Select(change ?? (pair => pair))];
        using var script = new RepairScript(_directory, text);
        var options = new ComparisonOptions { Sink = script, MaxDifferences = 1, Sample = sample, Text = text ?? new TextRules() };
        var results = await DatabaseComparer.CompareAsync(Source, Target, pairs, options, 2, SilentObserver.Instance, default).ToListAsync();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        var header = new RepairHeader(DateTimeOffset.UnixEpoch) { Tables = results, Sample = sample };
        return await script.WriteAsync(ScriptPath, Source, Target, pairs, await Target.ReadSchemaAsync(default), header, default);
    }

    /// <summary>Runs the script with the program of the target's engine; what it said on its standard error, and its exit code.</summary>
    public async Task<(int ExitCode, string Errors)> RunAsync()
    {
        var isPostgres = targetScratch.Provider.Schemes.Contains("postgresql");
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        if (isPostgres)
        {
            start.FileName = PostgresBinaries.Program(PostgresBinaries.Find()!, "psql");
            foreach (var argument in new[] { "-X", "-q", "-d", _target!.Reveal(), "-f", ScriptPath })
            {
                start.ArgumentList.Add(argument);
            }
        }
        else
        {
            Assert.SkipUnless(File.Exists("/usr/bin/sqlite3"), "no sqlite3 is installed to run the script with");
            start.FileName = "/usr/bin/sqlite3";
            // The shell leaves foreign keys alone unless it is told to.
            start.ArgumentList.Add("-cmd");
            start.ArgumentList.Add("PRAGMA foreign_keys = ON");
            start.ArgumentList.Add(Path.Combine(_target!.BaseDirectory, _target.Reveal()["sqlite:".Length..]));
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!isPostgres)
        {
            await using var script = File.OpenRead(ScriptPath);
            await script.CopyToAsync(process.StandardInput.BaseStream);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        _ = await output;
        return (process.ExitCode, await errors);
    }

    public async Task RunWellAsync()
    {
        var (code, errors) = await RunAsync();
        (code, errors).ShouldBe((0, ""), Script);
    }

    public async Task<IReadOnlyList<TableComparison>> CompareAsync() =>
        await DatabaseComparer.CompareAsync(Source, Target, await Pairs.ByNameAsync(Source, Target), new ComparisonOptions(), 1, SilentObserver.Instance, default).ToListAsync();

    public static async Task ExecuteAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(default);
        await session.ExecuteAsync(sql, [], default);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await sourceScratch.DisposeAsync();
        await targetScratch.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
