using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Tests.HaProxy;

public sealed class HaProxyRouterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(100)]
    public async Task A_share_that_was_set_is_where_requests_land(int percent)
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();

        var split = await router.SetShareAsync(bench.Lane, percent, TestContext.Current.CancellationToken);

        split.TargetPercent.ShouldBe(percent);
        split.Members.ShouldBe(
            [
                new TrafficMember("blue", TrafficMemberState.Ready) { Weight = 100 - percent, Active = 0 },
                new TrafficMember("green", TrafficMemberState.Ready) { Weight = percent, Active = 0 },
            ]);

        // Round robin by weight is no chance: of a hundred requests each side gets its weight.
        var counts = await bench.SendAsync(100);
        counts["green"].ShouldBeInRange(percent == 0 ? 0 : percent - 1, percent == 100 ? 100 : percent is 0 ? 0 : percent + 1);
        (counts["blue"] + counts["green"]).ShouldBe(100);
    }

    [Fact]
    public async Task A_share_of_half_a_percent_is_set_exactly()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();

        var split = await router.SetShareAsync(bench.Lane, 0.5m, TestContext.Current.CancellationToken);

        split.TargetPercent.ShouldBe(0.5m);
        (await bench.SendAsync(400))["green"].ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task A_share_that_weights_cannot_say_is_refused_with_the_nearest_and_nothing_changes()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 0.1m, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("0.1 % can't be said in HAProxy's weights");
        refused.Message.ShouldContain("The nearest shares are 0 % and 0.3891 %");
        (await router.ReadAsync(bench.Lane, TestContext.Current.CancellationToken)).TargetPercent.ShouldBe(0);
    }

    [Fact]
    public async Task Setting_the_same_share_twice_changes_nothing()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();

        var first = await router.SetShareAsync(bench.Lane, 25, TestContext.Current.CancellationToken);
        var second = await router.SetShareAsync(bench.Lane, 25, TestContext.Current.CancellationToken);

        second.Members.ShouldBe(first.Members);
        second.TargetPercent.ShouldBe(25);
    }

    [Fact]
    public async Task Over_tcp_it_is_the_same()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open(bench.System with { Endpoint = Endpoint.Parse($"tcp:127.0.0.1:{bench.HaProxy.ApiPort}", bench.HaProxy.DirectoryPath) });

        (await router.SetShareAsync(bench.Lane, 30, TestContext.Current.CancellationToken)).TargetPercent.ShouldBe(30);

        (await bench.HaProxy.AskAsync("get weight shop/green")).ShouldStartWith("30 (initial 0)");
    }

    [Fact]
    public async Task A_restart_loses_the_weights_and_reading_says_so()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 50, TestContext.Current.CancellationToken);

        await bench.HaProxy.RestartAsync();

        (await router.ReadAsync(bench.Lane, TestContext.Current.CancellationToken)).TargetPercent.ShouldBe(0);
    }

    [Fact]
    public async Task With_a_state_file_the_weights_outlive_a_reload()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open(bench.System with { StateFile = bench.HaProxy.StateFile });
        await router.SetShareAsync(bench.Lane, 25, TestContext.Current.CancellationToken);

        await bench.HaProxy.ReloadAsync();

        (await router.ReadAsync(bench.Lane, TestContext.Current.CancellationToken)).TargetPercent.ShouldBe(25);
        (await bench.SendAsync(100))["green"].ShouldBeInRange(24, 26);
    }

    [Fact]
    public async Task A_drained_server_ends_what_it_has_and_gets_nothing_new()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 50, TestContext.Current.CancellationToken);
        var answer = new TaskCompletionSource();
        bench.Blue.Until = answer.Task;
        var underWay = Enumerable.Range(0, 20).Select(_ => bench.SendAsync(1)).ToList();
        while (bench.Blue.Requests + bench.Green.Requests < 20)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var drained = await router.SetMemberAsync(bench.Lane, "blue", TrafficMemberState.Draining, TestContext.Current.CancellationToken);

        drained.Members[0].State.ShouldBe(TrafficMemberState.Draining);
        drained.Members[0].Active.ShouldBe(bench.Blue.Requests);
        drained.TargetPercent.ShouldBe(100);
        (await bench.SendAsync(30))["green"].ShouldBe(30);
        answer.SetResult();
        var answers = await Task.WhenAll(underWay);
        answers.Sum(counts => counts["blue"] + counts["green"]).ShouldBe(20);
        answers.Sum(counts => counts["blue"]).ShouldBe(bench.Blue.Requests);

        var back = await router.SetMemberAsync(bench.Lane, "blue", TrafficMemberState.Ready, TestContext.Current.CancellationToken);
        back.Members[0].ShouldBe(new TrafficMember("blue", TrafficMemberState.Ready) { Weight = 50, Active = 0 });
        back.TargetPercent.ShouldBe(50);
    }

    [Fact]
    public async Task A_share_for_a_server_in_maintenance_is_refused_before_anything_is_changed()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        var maintained = await router.SetMemberAsync(bench.Lane, "green", TrafficMemberState.Maintenance, TestContext.Current.CancellationToken);
        maintained.Members[1].State.ShouldBe(TrafficMemberState.Maintenance);

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 10, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("green is Maintenance, so no share of the requests would reach it. Nothing was changed");
        (await bench.HaProxy.AskAsync("get weight shop/blue")).ShouldStartWith("100 ");
    }

    [Fact]
    public async Task A_third_server_that_takes_requests_makes_a_share_impossible()
    {
        await using var bench = await Bench.StartAsync("    server other 127.0.0.1:{blue} weight 100");
        await using var router = bench.Open();

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 10, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("in backend 'shop' other take requests too");
    }

    [Fact]
    public async Task Its_counters_tell_requests_and_failures_by_server()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 50, TestContext.Current.CancellationToken);
        bench.Green.Status = 500;

        await bench.SendAsync(40);

        bench.Green.Requests.ShouldBeInRange(19, 21);
        var counts = await router.CountAsync(bench.Lane, TestContext.Current.CancellationToken);
        counts.Select(count => (count.Member, count.Requests, count.Failed)).ShouldBe([("blue", bench.Blue.Requests, 0), ("green", bench.Green.Requests, bench.Green.Requests)]);
        counts.ShouldAllBe(count => count.MeanMilliseconds >= 0 && count.MeanSettlesAfter > 1024);
    }

    [Fact]
    public async Task A_request_that_no_connection_was_had_for_is_one_failure_however_often_it_was_tried()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await bench.Green.DisposeAsync();
        await router.SetShareAsync(bench.Lane, 100, TestContext.Current.CancellationToken);

        (await bench.SendAsync(1))["503"].ShouldBe(1);

        var green = (await router.CountAsync(bench.Lane, TestContext.Current.CancellationToken)).Single(count => count.Member == "green");
        (green.Requests, green.Failed).ShouldBe((1, 1));
    }
}
