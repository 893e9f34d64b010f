using System.Globalization;
using MigrationTools.Databases.Replication;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;
using MigrationTools.Tests.Time;

namespace MigrationTools.Databases.Tests.Replication;

/// <summary>A subscription that still copies, ended where one server holds both sides: the drop and the copy would wait for each other for ever.</summary>
public sealed class SubscriptionEndTests(PostgresCluster cluster)
{
    private const string Count = "select count(*) from pg_subscription where subname = '" + CopyingSubscription.Name + "'";

    [Fact]
    public async Task Copying_that_waits_on_the_same_server_is_ended_and_the_subscription_dropped()
    {
        await using var copying = await CopyingSubscription.MakeAsync(cluster);
        await using var databases = copying.AsSuperuser();

        var dropped = await SubscriptionEnd.DropAsync(databases, CopyingSubscription.Name, TimeProvider.System, TestContext.Current.CancellationToken);

        dropped.ShouldBeTrue();
        (await copying.OfTargetAsync(Count)).ShouldBe("0");
        (await copying.SendersAsync()).ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task Where_the_source_s_login_may_not_end_its_sender_the_target_s_does()
    {
        await using var copying = await CopyingSubscription.MakeAsync(cluster);
        await using var databases = await copying.WithWeakSourceAsync();

        var dropped = await SubscriptionEnd.DropAsync(databases, CopyingSubscription.Name, TimeProvider.System, TestContext.Current.CancellationToken);

        dropped.ShouldBeTrue();
        (await copying.OfTargetAsync(Count)).ShouldBe("0");
    }

    [Fact]
    public async Task Where_nobody_may_end_the_sender_it_stops_and_says_who_may_and_goes_on_once_somebody_did()
    {
        await using var copying = await CopyingSubscription.MakeAsync(cluster);
        await using var databases = await copying.AsAsync("nosuperuser replication");
        var time = new SelfWindingTime();

        var stopped = await Should.ThrowAsync<DatabaseException>(
            () => SubscriptionEnd.DropAsync(databases, CopyingSubscription.Name, time, TestContext.Current.CancellationToken));

        stopped.ErrorId.ShouldBe(ErrorIds.DatabaseError);
        var sender = (await copying.SenderAsync()).ToString(CultureInfo.InvariantCulture);
        stopped.Message.ShouldContain($"sender {sender} of {databases.Source.Endpoint}");
        stopped.Message.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"waits for the sessions {{{copying.Writer}}}"));
        stopped.Message.ShouldContain("may not be ended");
        stopped.Message.ShouldContain("pg_signal_backend");
        stopped.Message.ShouldContain("is disabled and not dropped");
        time.Waited.ShouldBe(TimeSpan.FromSeconds(10));
        (await copying.OfTargetAsync(Count)).ShouldBe("1");
        TestContext.Current.SendDiagnosticMessage(stopped.Message);

        await copying.OfTargetAsync($"select pg_terminate_backend({sender})");
        (await SubscriptionEnd.DropAsync(databases, CopyingSubscription.Name, TimeProvider.System, TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await copying.OfTargetAsync(Count)).ShouldBe("0");
    }

    [Fact]
    public async Task Where_the_source_can_t_be_asked_a_sender_on_the_same_server_is_found_all_the_same()
    {
        await using var copying = await CopyingSubscription.MakeAsync(cluster);
        await using var weak = await copying.WithWeakSourceAsync();
        await copying.OfTargetAsync($"alter role {copying.WeakRole} password 'another'");

        (await SubscriptionEnd.DropAsync(weak, CopyingSubscription.Name, TimeProvider.System, TestContext.Current.CancellationToken)).ShouldBeTrue();

        (await copying.SendersAsync()).ShouldBeNullOrEmpty();
    }

    [Fact]
    public async Task A_subscription_that_another_session_holds_is_not_waited_for_for_ever()
    {
        await using var copying = await CopyingSubscription.MakeAsync(cluster);
        await using var databases = copying.AsSuperuser();
        await using var other = await databases.Target.OpenSessionAsync(TestContext.Current.CancellationToken);
        await other.BeginAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync($"alter subscription {CopyingSubscription.Name} disable", [], TestContext.Current.CancellationToken);

        var stopped = await Should.ThrowAsync<DatabaseException>(() => SubscriptionEnd.DropAsync(
            databases, CopyingSubscription.Name, TimeProvider.System, TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken));

        stopped.Message.ShouldContain("waited 0.3 s for something else");
        await other.RollbackAsync(TestContext.Current.CancellationToken);
    }
}
