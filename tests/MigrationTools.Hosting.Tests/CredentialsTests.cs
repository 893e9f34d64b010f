using System.Globalization;
using System.Net;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

/// <summary>A run whose spec holds no password at all: it comes from a credential, with every call anew.</summary>
public sealed class CredentialsTests(PostgresCluster cluster) : IDisposable
{
    private static readonly NetworkCredential Right = new(PostgresCluster.User, PostgresCluster.Password);

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_run_stops_goes_on_and_goes_back_with_a_credential_and_keeps_it_nowhere()
    {
        await using var target = await cluster.CreateDatabaseAsync();
        var spec = Spec(target.Name);
        var host = Host(new Credentials(null, Right));

        var stopped = await host.RunAsync(spec, new RunOptions { MaxRuntime = TimeSpan.Zero }, SilentObserver.Instance, TestContext.Current.CancellationToken);
        stopped.Status.ShouldNotBe(RunStatus.Completed);
        var run = await host.ResumeAsync(stopped.RunId, new RunOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken);
        run.Verdict.ShouldBe(Verdict.Passed, run.Message);
        var back = await host.RollbackAsync(run.RunId, "the test wants it", new RunOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken);
        back.Status.ShouldBe(RunStatus.RolledBack, back.Message);

        foreach (var file in Directory.EnumerateFiles(run.Directory, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "owner.lock"))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            text.ShouldNotContain(PostgresCluster.Password, customMessage: file);
            text.ShouldNotContain(Uri.EscapeDataString(PostgresCluster.Password), customMessage: file);
        }
    }

    [Fact]
    public async Task A_wrong_password_is_refused_as_such()
    {
        await using var target = await cluster.CreateDatabaseAsync();
        var host = Host(new Credentials(null, new NetworkCredential(PostgresCluster.User, "wrong")));

        var error = await Should.ThrowAsync<MigrationToolsException>(async () =>
        {
            await foreach (var _ in host.CountAsync(new DataRequest { Spec = Spec(target.Name) }, SilentObserver.Instance, TestContext.Current.CancellationToken))
            {
            }
        });

        error.ErrorId.ShouldBe(ErrorIds.AuthenticationFailed);
    }

    [Fact]
    public async Task A_credential_for_a_side_that_is_a_file_is_an_error()
    {
        await using var target = await cluster.CreateDatabaseAsync();

        (await Should.ThrowAsync<InvalidRequestException>(() =>
            Host(new Credentials(Right, Right)).PlanAsync(Spec(target.Name), SilentObserver.Instance, TestContext.Current.CancellationToken))).Message.ShouldContain("source");
    }

    private MigrationHost Host(Credentials credentials) => new(new HostOptions { RunsDirectory = _bench.RunsDirectory, Credentials = credentials });

    private MigrationSpec Spec(string database)
    {
        _bench.Sql("source.db", "create table item (id integer primary key, name text); insert into item values (1, 'one')");
        return _bench.Write($"""
            id: credentials
            systems:
              db:
                kind: database
                source: sqlite:source.db
                target: postgresql://somebody@127.0.0.1:{cluster.Port.ToString(CultureInfo.InvariantCulture)}/{database}
            """);
    }
}
