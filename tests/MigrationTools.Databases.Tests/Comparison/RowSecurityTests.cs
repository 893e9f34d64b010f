using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Rows that a policy hides from a login are not rows that there are not.</summary>
public sealed class RowSecurityTests(PostgresCluster cluster)
{
    [Fact]
    public async Task A_table_of_which_a_policy_shows_a_part_is_not_compared_as_a_whole()
    {
        var role = $"tenant_{Guid.NewGuid():N}";
        await using var database = await cluster.CreateDatabaseAsync();
        await cluster.QueryAsync(database.Name, $"""
            create table t (id integer primary key, tenant text);
            insert into t values (1, 'a'), (2, 'a'), (3, 'b');
            alter table t enable row level security;
            create policy own on t using (tenant = 'a');
            create role {role} login password 'secret';
            grant select on t to {role};
            """);
        try
        {
            var login = Endpoint.Parse($"postgresql://{role}:secret@127.0.0.1:{cluster.Port}/{database.Name}", Path.GetTempPath());
            await using var source = new PostgresProvider().Open(login);
            await using var target = new PostgresProvider().Open(login);

            var result = (await DatabaseComparer.CompareAsync(source, target, await Pairs.ByNameAsync(source, target), new ComparisonOptions(), 1, SilentObserver.Instance, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

            result.Verdict.ShouldBe(Verdict.Error);
            string.Join(' ', result.Notes).ShouldContain("row-level security policy");
        }
        finally
        {
            await cluster.QueryAsync(database.Name, $"drop owned by {role}; drop role {role}");
        }
    }
}
