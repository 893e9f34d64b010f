using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Tests.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Copying;

/// <summary>Values of types that a PostgreSQL database made itself, copied into another one's types of the same names.</summary>
public sealed class CompositeCopyTests(PostgresCluster cluster) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-composites").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("create type pair as (name text, n float8)", "create type pair as (name text, n bigint)", "row('a', 1.5)::pair")]
    [InlineData("create type pair as (name text, n float8)", "create type pair as (name text, n bigint)", "array[row('a', 1.5)::pair]")]
    public async Task A_field_of_another_type_is_refused_and_not_read_as_that(string made, string otherwise, string value)
    {
        var type = value.StartsWith("array", StringComparison.Ordinal) ? "pair[]" : "pair";
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), $"{made}; create table t (id integer primary key, v {type}); insert into t values (1, {value})",
            new PostgresScratch(cluster), $"{otherwise}; create table t (id integer primary key, v {type})");

        var refused = await Should.ThrowAsync<DatabaseException>(() => CopyAsync(room));

        refused.Message.ShouldContain("has type 701 (double precision) instead of expected 20 (bigint)");
        (await room.CompareAsync(new ComparisonOptions())).TargetRows.ShouldBe(0);
    }

    [Fact]
    public async Task A_type_made_alike_after_others_takes_the_value()
    {
        const string types = "create type mood as enum ('glad', 'sad'); create type pair as (name text, feels mood, at timestamp); create table t (id integer primary key, v pair[], m mood[]);";
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), $"{types} insert into t values (1, array[row('a', 'sad', '2024-01-31')::pair], array['glad'::mood, 'sad'])",
            new PostgresScratch(cluster), $"create type before as enum ('x'); {types}");

        (await CopyAsync(room)).Rows.ShouldBe(1);

        (await room.CompareAsync(new ComparisonOptions())).Verdict.ShouldBe(Verdict.Passed);
    }

    private async Task<TableCopyResult> CopyAsync(ComparisonRoom room) => (await new DatabaseCopier(TimeProvider.System).CopyAsync(
        room.Source, room.Target, room.Tables, new CopyOptions { CopyId = "composites", MaxRejected = 10, RejectedDirectory = _directory }, SilentObserver.Instance, TestContext.Current.CancellationToken)
        .ToListAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
}
