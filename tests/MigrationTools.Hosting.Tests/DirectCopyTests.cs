using MigrationTools.Databases.Copying;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting.Tests;

public sealed class DirectCopyTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Only_the_tables_that_were_asked_for_are_made_and_copied()
    {
        _bench.Small();

        var copied = await CopyAsync(["log*"]);

        copied.ShouldHaveSingleItem().Rows.ShouldBe(3);
        _bench.Scalar("copy.db", "select group_concat(name) from sqlite_schema where type = 'table'").ShouldBe("log \"odd\"");
    }

    [Fact]
    public async Task A_name_that_matches_nothing_is_an_error_and_not_an_empty_success()
    {
        _bench.Small();

        await Should.ThrowAsync<InvalidRequestException>(() => CopyAsync(["nothing*"]));

        File.Exists(_bench.PathOf("copy.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_table_that_holds_rows_is_not_copied_into()
    {
        _bench.Small();
        await CopyAsync([]);

        (await Should.ThrowAsync<InvalidRequestException>(() => CopyAsync([]))).Message.ShouldContain("holds");
        _bench.Scalar("copy.db", "select count(*) from person").ShouldBe(60L);
    }

    private async Task<List<TableCopyResult>> CopyAsync(IReadOnlyList<string> tables)
    {
        var request = new DataRequest
        {
            Source = Endpoint.Parse("sqlite:source.db", _bench.Directory),
            Target = Endpoint.Parse("sqlite:copy.db", _bench.Directory),
            Tables = tables,
        };
        var results = new List<TableCopyResult>();
        await foreach (var table in _bench.Host.CopyAsync(request, new CopySpec(), SilentObserver.Instance, TestContext.Current.CancellationToken))
        {
            results.Add(table);
        }

        return results;
    }
}
