using System.Net.Sockets;
using System.Text;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Tests.Routers;
using MigrationTools.Traffic.HaProxy;

namespace MigrationTools.Traffic.Tests.HaProxy;

public sealed class HaProxyFaultTests
{
    [Theory]
    [InlineData("shp", "blue", "has no backend 'shp'; did you mean 'shop'?")]
    [InlineData("checkout", "blue", "has no backend 'checkout'; it has shop.")]
    [InlineData("shop", "bleu", "has no server 'bleu' in backend 'shop'; did you mean 'blue'?")]
    [InlineData("shop;shutdown sessions", "blue", "has no backend 'shop;shutdown sessions'")]
    public async Task A_name_that_is_not_there_is_told_with_the_nearest_one(string backend, string source, string message)
    {
        await using var bench = await Bench.StartAsync();
        var system = bench.System with { Backend = backend, Source = source };
        await using var router = bench.Open(system);

        (await Should.ThrowAsync<TrafficException>(() => router.ReadAsync(system.Lanes[0], default))).Message.ShouldContain(message);
        (await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(system.Lanes[0], 10, default))).Message.ShouldContain(message);
    }

    [Fact]
    public async Task An_unknown_server_to_drain_is_told_with_the_nearest_one()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();

        var unknown = await Should.ThrowAsync<TrafficException>(() => router.SetMemberAsync(bench.Lane, "gren", TrafficMemberState.Draining, default));

        unknown.Message.ShouldContain("has no server 'gren' in backend 'shop'; did you mean 'green'?");
    }

    [Fact]
    public async Task A_socket_of_level_user_may_be_read_but_not_set_and_the_level_is_named()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open(bench.System with { Endpoint = Endpoint.Parse("unix:" + bench.HaProxy.UserSocket, bench.HaProxy.DirectoryPath) });

        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(0);
        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 10, default));

        refused.Message.ShouldContain("permission denied");
        refused.Message.ShouldContain("need 'level admin'");
        refused.Message.ShouldContain("It now says: blue: weight 100, Ready");
    }

    [Fact]
    public async Task A_balance_that_knows_no_weights_at_run_time_is_told_with_what_to_do()
    {
        await using var bench = await Bench.StartAsync(
            """
            backend fixed
                balance static-rr
                server blue 127.0.0.1:{blue} weight 100
                server green 127.0.0.1:{green} weight 1
            """);
        var system = bench.System with { Backend = "fixed" };
        await using var router = bench.Open(system);

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(system.Lanes[0], 10, default));

        refused.Message.ShouldContain("static LB algorithm");
        refused.Message.ShouldContain("Use 'balance roundrobin'");
    }

    /// <summary>With "http-check disable-on-404" a server that answers 404 gets nothing new, though nobody drained it (configuration.txt; srv_op_state 3).</summary>
    [Fact]
    public async Task A_server_that_its_health_check_takes_out_gets_no_share_and_is_not_ready()
    {
        await using var bench = await StartStoppingAsync(blue: 100, green: 0);
        var system = bench.System with { Backend = "checked" };
        await using var router = bench.Open(system);

        var refused = await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(system.Lanes[0], 100, default));
        var putBack = await router.SetMemberAsync(system.Lanes[0], "green", TrafficMemberState.Ready, default);

        refused.Message.ShouldContain("green is Down, so no share of the requests would reach it. Nothing was changed");
        refused.Message.ShouldContain("green: weight 0, Down (its health check says that it is stopping)");
        putBack.Members.Single(member => member.Name == "green").State.ShouldBe(TrafficMemberState.Down);
        putBack.TargetPercent.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_its_health_check_takes_out_has_no_share_whatever_its_weight()
    {
        await using var bench = await StartStoppingAsync(blue: 0, green: 100);
        var system = bench.System with { Backend = "checked" };
        await using var router = bench.Open(system);

        (await router.ReadAsync(system.Lanes[0], default)).TargetPercent.ShouldBeNull();
    }

    [Fact]
    public async Task A_socket_that_is_not_there_is_told_by_its_path()
    {
        var missing = await ReadAtAsync("unix:/nowhere/haproxy.sock");

        missing.Message.ShouldContain("HAProxy at unix:/nowhere/haproxy.sock can't be asked");
        missing.Message.ShouldContain("there is no such socket");
    }

    [Fact]
    public async Task A_socket_that_a_dead_process_left_is_told_apart_from_a_missing_one()
    {
        await using var bench = await Bench.StartAsync();
        await bench.HaProxy.KillAsync();

        (await ReadAtAsync("unix:" + bench.HaProxy.Socket)).Message.ShouldContain("nobody listens on the socket");
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_told()
    {
        (await ReadAtAsync($"tcp:127.0.0.1:{RouterProcess.FreePort()}")).Message.ShouldContain("Is it running, and has it a 'stats socket' at that address?");
    }

    [Theory]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("tcp:nothing")]
    [InlineData("unix:")]
    public void An_address_of_another_kind_is_refused_when_it_is_opened(string address)
    {
        Should.Throw<TrafficException>(() => Open(address)).Message.ShouldContain("is not where an HAProxy takes commands");
    }

    [Fact]
    public async Task A_socket_that_never_answers_is_given_up_after_the_time_limit()
    {
        await using var mute = Listener.Start(async stream => await stream.ReadExactlyAsync(new byte[1024], default));

        var slow = await ReadAtAsync("unix:" + mute.Path, TimeSpan.FromMilliseconds(200));

        slow.Message.ShouldContain("gave no whole answer to 'show stat -1 6 -1' within 0.2 s");
    }

    [Fact]
    public async Task A_router_that_answers_slowly_is_waited_for()
    {
        await using var bench = await Bench.StartAsync();
        await using var slow = Listener.Start((command, stream) => RelayAsync(bench, command, stream, TimeSpan.FromMilliseconds(300)));
        await using var router = Open("unix:" + slow.Path);

        (await router.SetShareAsync(Lane, 25, default)).TargetPercent.ShouldBe(25);

        await using var direct = bench.Open(bench.System);
        (await direct.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(25);
    }

    [Fact]
    public async Task A_router_that_gets_slower_than_the_time_limit_in_the_middle_of_a_change_is_never_said_to_stand_where_it_was_not_seen()
    {
        await using var bench = await Bench.StartAsync();
        var asked = 0;
        await using var slow = Listener.Start((command, stream) => RelayAsync(bench, command, stream, TimeSpan.FromMilliseconds(Interlocked.Increment(ref asked) > 2 ? 5000 : 1)));
        await using var router = Open("unix:" + slow.Path, TimeSpan.FromMilliseconds(500));

        (await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(Lane, 25, default))).Message.ShouldContain("gave no whole answer");

        asked.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Giving_up_waiting_oneself_is_no_error_of_the_router()
    {
        await using var mute = Listener.Start(async stream => await stream.ReadExactlyAsync(new byte[1024], default));
        await using var router = Open("unix:" + mute.Path);
        using var stop = new CancellationTokenSource();

        var reading = router.ReadAsync(Lane, stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "it said 'HTTP/1.1 400 Bad Request")]
    [InlineData("", "it said nothing")]
    [InlineData("# pxname,svname,status,type\nshop,gr", "it said '# pxname")]
    public async Task An_answer_that_is_not_HAProxys_is_shown(string answer, string message)
    {
        await using var other = Listener.Start(async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes(answer)));

        (await ReadAtAsync("unix:" + other.Path)).Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_state_file_whose_directory_is_missing_stops_before_anything_is_changed()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open(bench.System with { StateFile = Path.Combine(bench.HaProxy.DirectoryPath, "nowhere", "state") });

        (await Should.ThrowAsync<TrafficException>(() => router.SetShareAsync(bench.Lane, 10, default))).Message.ShouldContain("its directory is not there. Nothing was changed");

        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(0);
    }

    [Fact]
    public void A_system_without_a_backend_is_refused()
    {
        var system = System("unix:/run/haproxy.sock") with { Backend = null };

        Should.Throw<TrafficException>(() => new HaProxyRouterProvider(TimeProvider.System).Open(system, "/")).Message.ShouldContain("needs the key 'backend'");
    }

    /// <summary>A bench whose backend "checked" has taken green out, by its health check. No slow check makes it down: a server that is down does not stop.</summary>
    private static async Task<Bench> StartStoppingAsync(int blue, int green)
    {
        var bench = await Bench.StartAsync(
            $$"""
            backend checked
                balance roundrobin
                option httpchk GET /version
                http-check disable-on-404
                timeout check 10s
                default-server check inter 20ms fall 1000
                server blue 127.0.0.1:{blue} weight {{blue}}
                server green 127.0.0.1:{green} weight {{green}}
            """);
        bench.Green.Status = 404;
        await bench.UntilAsync(statistics => statistics.Contains(",NOLB,", StringComparison.Ordinal));
        return bench;
    }

    /// <summary>HAProxy behind a socket that takes its time.</summary>
    private static async Task RelayAsync(Bench bench, string command, NetworkStream stream, TimeSpan pause)
    {
        await Task.Delay(pause, TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(await bench.HaProxy.AskAsync(command)), TestContext.Current.CancellationToken);
    }

    private static TrafficLane Lane => System("unix:/x").Lanes[0];

    private static TrafficSystemSpec System(string address) => new()
    {
        Name = "front",
        Router = "haproxy",
        Endpoint = Endpoint.Parse(address, "/"),
        Backend = "shop",
        Source = "blue",
        Target = "green",
    };

    private static ITrafficRouter Open(string address, TimeSpan? limit = null) => new HaProxyRouterProvider(TimeProvider.System, limit).Open(System(address), "/");

    private static async Task<TrafficException> ReadAtAsync(string address, TimeSpan? limit = null)
    {
        await using var router = Open(address, limit);
        return await Should.ThrowAsync<TrafficException>(() => router.ReadAsync(Lane, default));
    }

    /// <summary>Something else that listens on a socket.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly string _directory = RouterProcess.MakeDirectory();
        private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        public string Path => global::System.IO.Path.Combine(_directory, "s");

        public static Listener Start(Func<NetworkStream, Task> answer) => Start((_, stream) => answer(stream));

        /// <param name="answer">Given what was asked.</param>
        public static Listener Start(Func<string, NetworkStream, Task> answer)
        {
            var listener = new Listener();
            listener._socket.Bind(new UnixDomainSocketEndPoint(listener.Path));
            listener._socket.Listen();
            _ = listener.ServeAsync(answer);
            return listener;
        }

        public ValueTask DisposeAsync()
        {
            _socket.Dispose();
            Directory.Delete(_directory, recursive: true);
            return ValueTask.CompletedTask;
        }

        private async Task ServeAsync(Func<string, NetworkStream, Task> answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _socket.AcceptAsync();
                    await using var stream = new NetworkStream(client);
                    // The question is read first: a socket closed with unread bytes takes its answer with it.
                    var buffer = new byte[256];
                    var read = await stream.ReadAsync(buffer);
                    await answer(Encoding.UTF8.GetString(buffer, 0, read).TrimEnd(), stream);
                }
            }
            catch (Exception ended) when (ended is SocketException or IOException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
