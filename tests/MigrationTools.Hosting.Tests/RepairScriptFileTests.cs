using MigrationTools.Databases.Comparison;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Hosting.Tests;

/// <summary>Where a repair script goes, and what the comparison tells it.</summary>
public sealed class RepairScriptFileTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_path_that_is_no_file_is_refused_before_anything_is_opened()
    {
        var error = await Should.ThrowAsync<InvalidRequestException>(() => CompareAsync("nowhere.db", "nowhere.db", new ComparisonOptions(), _bench.Directory));
        error.Message.ShouldContain($"'{_bench.Directory}'");
        error.Message.ShouldContain("is a directory");
    }

    [Fact]
    public async Task A_script_knows_that_only_a_sample_was_compared()
    {
        _bench.Sql("a.db", "create table t (id integer primary key, v text); insert into t values (1, 'a')");
        _bench.Sql("b.db", "create table t (id integer primary key, v text); insert into t values (1, 'b')");
        var path = _bench.PathOf("repair.sql");
        await CompareAsync("a.db", "b.db", new ComparisonOptions { Sample = 0.5 }, path);
        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldContain("only a sample of the rows was to be compared (50 %)");
    }

    private async Task CompareAsync(string source, string target, ComparisonOptions options, string script)
    {
        var request = new DataRequest { Source = Sqlite(source), Target = Sqlite(target) };
        _ = await _bench.Host.CompareAsync(request, options, new ComparisonFiles { RepairScript = script }, SilentObserver.Instance, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    private Endpoint Sqlite(string file) => Endpoint.Parse($"sqlite:{file}", _bench.Directory);
}
