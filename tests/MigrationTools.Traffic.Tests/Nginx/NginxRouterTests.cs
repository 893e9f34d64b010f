using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Nginx;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Tests.Nginx;

public sealed class NginxRouterTests
{
    [Theory]
    [InlineData("100")]
    [InlineData("25")]
    [InlineData("12.5")]
    public async Task A_share_that_was_set_is_where_requests_land(string share)
    {
        var percent = decimal.Parse(share);
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open();

        var split = await router.SetShareAsync(bench.Lane, percent, TestContext.Current.CancellationToken);

        split.TargetPercent.ShouldBe(percent);
        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(percent);
        var proof = await new TrafficProof(TimeProvider.System).ProveAsync(bench.System, router, bench.Lane, percent, TestContext.Current.CancellationToken);
        proof.Verdict.ShouldBe(Verdict.Passed, proof.Message);
    }

    [Fact]
    public async Task A_mirrored_lane_sends_the_target_a_copy_and_the_client_the_sources_answer()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open();

        (await router.SetMirrorAsync(bench.Lane, true, default)).ShouldSatisfyAllConditions(split => split.Mirrored.ShouldBeTrue(), split => split.TargetPercent.ShouldBe(0));
        await bench.SettledAsync(_ => bench.Green.Requests > 0);
        var before = bench.Green.Requests;
        var counts = await Client.SendAsync(bench.Nginx.Front, 50);

        (counts["blue"], counts["green"]).ShouldBe((50, 0));
        await bench.SettledAsync(_ => bench.Green.Requests >= before + 50);

        (await router.SetMirrorAsync(bench.Lane, false, default)).Mirrored.ShouldBeFalse();
    }

    [Fact]
    public async Task A_configuration_that_nginx_refuses_leaves_the_old_one_serving_and_its_words_are_told()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open();
        var before = await File.ReadAllTextAsync(bench.Nginx.SplitFile, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(bench.Nginx.Configuration, "nonsense on;\n", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 50, default));

        refused.Message.ShouldContain("nginx refuses the configuration");
        refused.Message.ShouldContain("unknown directive \"nonsense\"");
        (await File.ReadAllTextAsync(bench.Nginx.SplitFile, TestContext.Current.CancellationToken)).ShouldBe(before);
        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(0);
        (await Client.SendAsync(bench.Nginx.Front, 30))["blue"].ShouldBe(30);
    }

    [Fact]
    public async Task A_reload_that_fails_puts_the_old_file_back_and_what_nginx_has_loaded_is_not_known()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open(bench.Reloading("echo no such process >&2; exit 3"));

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 100, default));

        refused.Message.ShouldContain("ended with 3 and said: no such process");
        await bench.ShouldNotKnowWhatIsLoadedAsync(refused, router);
    }

    /// <summary>A program that reloads and then looks after something else may fail with all requests at the new side.</summary>
    [Fact]
    public async Task A_reload_that_fails_after_nginx_took_the_new_file_is_not_told_as_if_it_had_not()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open(bench.Reloading($"{bench.ReloadInShell} && exit 3"));

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 100, default));

        await bench.SettledAsync(counts => counts["green"] == 10);
        await bench.ShouldNotKnowWhatIsLoadedAsync(refused, router);
        await using var mended = bench.Open();
        (await mended.SetShareAsync(bench.Lane, 0, default)).TargetPercent.ShouldBe(0);
        await bench.SettledAsync(counts => counts["blue"] == 10);
    }

    [Fact]
    public async Task A_reload_that_hangs_after_nginx_took_the_new_file_is_not_told_as_if_it_had_not()
    {
        await using var bench = await NginxBench.StartAsync();
        var system = bench.Reloading($"{bench.ReloadInShell} && exec sleep 600");
        await using var router = bench.Open(system with { Programs = system.Programs with { Timeout = TimeSpan.FromSeconds(2) } });

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 100, default));

        refused.Message.ShouldContain("did not end within 2 s");
        await bench.ShouldNotKnowWhatIsLoadedAsync(refused, router);
    }

    [Fact]
    public async Task A_change_that_is_cancelled_while_nginx_reloads_is_no_known_share()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open(bench.Reloading($"{bench.ReloadInShell} && exec sleep 600"));
        using var stop = new CancellationTokenSource();

        var changing = router.SetShareAsync(bench.Lane, 100, stop.Token);
        await bench.SettledAsync(counts => counts["green"] == 10);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => changing);
        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBeNull();
    }

    [Fact]
    public async Task A_program_that_is_not_there_puts_the_old_file_back()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open(bench.System with { Programs = new RouterProgramsSpec { Check = ["/nowhere/nginx", "-t"] } });

        (await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 50, default))).Message.ShouldContain("'/nowhere/nginx' could not be started");

        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_somebody_else_changed_is_neither_believed_nor_overwritten()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open();
        var edited = (await File.ReadAllTextAsync(bench.Nginx.SplitFile, TestContext.Current.CancellationToken)).Replace("* shop_v2", "* shop_v3", StringComparison.Ordinal);
        await File.WriteAllTextAsync(bench.Nginx.SplitFile, edited, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<TrafficException>(() => router.ReadAsync(bench.Lane, default))).Message.ShouldContain("was changed by somebody else");
        (await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 50, default))).Message.ShouldContain("neither believed nor overwritten");

        (await File.ReadAllTextAsync(bench.Nginx.SplitFile, TestContext.Current.CancellationToken)).ShouldBe(edited);
    }

    [Fact]
    public async Task A_file_that_was_never_ours_is_not_overwritten()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open();
        await File.WriteAllTextAsync(bench.Nginx.SplitFile, "# my own\nmap a b {}\n", TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 50, default))).Message.ShouldContain("was not written by MigrationTools");
    }

    [Fact]
    public async Task A_change_that_was_cut_off_before_the_reload_is_no_known_share()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open();
        var cutOff = new NginxSplitFile(bench.Nginx.SplitFile);
        cutOff.Write(NginxSplitText.Write([new NginxLane("shop", "shop_v2", "shop_v3", 50, false)]));

        var split = await router.ReadAsync(bench.Lane, default);

        split.TargetPercent.ShouldBeNull();
        split.Evidence.Observed!.ShouldContain("it says 50 % to shop_v3, the rest to shop_v2, but a change was cut off: what nginx has loaded is not known");
        (await router.SetShareAsync(bench.Lane, 25, default)).TargetPercent.ShouldBe(25);
    }

    [Fact]
    public async Task After_a_change_that_was_cut_off_a_refusal_brings_back_what_nginx_last_took()
    {
        await using var bench = await NginxBench.StartAsync();
        await using var router = bench.Open();
        var before = await File.ReadAllTextAsync(bench.Nginx.SplitFile, TestContext.Current.CancellationToken);
        new NginxSplitFile(bench.Nginx.SplitFile).Write(NginxSplitText.Write([new NginxLane("shop", "shop_v2", "shop_v3", 50, false)]));
        await File.AppendAllTextAsync(bench.Nginx.Configuration, "nonsense on;\n", TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 25, default));

        (await File.ReadAllTextAsync(bench.Nginx.SplitFile, TestContext.Current.CancellationToken)).ShouldBe(before);
        await bench.ShouldNotKnowWhatIsLoadedAsync(refused, router);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task The_files_mode_stays_and_a_new_lane_leaves_the_others_alone()
    {
        await using var bench = await NginxBench.StartAsync();
        File.SetUnixFileMode(bench.Nginx.SplitFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var system = bench.System with { Routes = [new TrafficRouteSpec("shop"), new TrafficRouteSpec("orders-api") { Path = "/orders" }] };
        await using var router = bench.Open(system);

        await router.SetShareAsync(system.Lanes[0], 10, default);
        await router.SetShareAsync(system.Lanes[1], 60, default);
        await router.SetShareAsync(system.Lanes[1], 60, default);

        (await router.ReadAsync(system.Lanes[0], default)).TargetPercent.ShouldBe(10);
        (await router.ReadAsync(system.Lanes[1], default)).TargetPercent.ShouldBe(60);
        File.GetUnixFileMode(bench.Nginx.SplitFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        (await File.ReadAllTextAsync(bench.Nginx.SplitFile, TestContext.Current.CancellationToken)).ShouldContain("$orders_api_upstream");
    }

    [Theory]
    [InlineData("shop_v3; } evil {", "50", "is no name of an nginx upstream")]
    [InlineData("shop_v3", "0.005", "two decimals at most")]
    [InlineData("shop_v3", "101", "A share is 0 to 100 %")]
    public async Task What_can_not_be_said_to_nginx_is_refused_before_anything_is_written(string target, string percent, string message)
    {
        var directory = MigrationTools.Tests.Routers.RouterProcess.MakeDirectory();
        var lane = new TrafficLane("shop", "shop_v2", target);
        var system = new TrafficSystemSpec { Name = "shop", Router = "nginx", Endpoint = Engine.Endpoints.Endpoint.Parse("file:split.conf", directory), Source = "shop_v2", Target = target };
        await using var router = new NginxRouterProvider(TimeProvider.System).Open(system, directory);

        (await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(lane, decimal.Parse(percent), default))).Message.ShouldContain(message);

        Directory.EnumerateFileSystemEntries(directory).ShouldBeEmpty();
        Directory.Delete(directory);
    }
}
