using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Tests.Specs;

public sealed class TrafficSystemTests
{
    [Fact]
    public void A_system_of_haproxy_reads_as_it_says()
    {
        var traffic = Read(
            """
            router: haproxy
            endpoint: tcp:127.0.0.1:9999
            backend: shop
            source: blue
            target: green
            stateFile: state/haproxy
            front: http://shop.example
            identify: { path: /version, header: X-Version, source: '^2\.', target: '^3\.' }
            """);

        traffic.StateFile.ShouldBe(Path.GetFullPath("/specs/state/haproxy"));
        traffic.Front!.Redacted.ShouldBe("http://shop.example");
        traffic.Identify.ShouldBe(new TrafficIdentitySpec("/version", "X-Version", @"^2\.", @"^3\."));
        traffic.Lanes.ShouldBe([new TrafficLane("front", "blue", "green") { Group = "shop" }]);
        traffic.Programs.Timeout.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Routes_are_lanes_in_the_order_of_the_text_that_take_from_the_system_what_they_do_not_say()
    {
        var traffic = Read(
            """
            router: haproxy
            endpoint: unix:/run/haproxy.sock
            source: old
            target: new
            routes:
              users: { path: /users, backend: users }
              orders: { path: /orders, backend: orders, target: orders3 }
            """);

        traffic.Lanes.ShouldBe(
            [
                new TrafficLane("users", "old", "new") { Group = "users", Path = "/users" },
                new TrafficLane("orders", "old", "orders3") { Group = "orders", Path = "/orders" },
            ]);
    }

    [Fact]
    public void Units_read_as_they_say_and_need_no_sides()
    {
        var traffic = Read(
            """
            router: haproxy
            endpoint: unix:/run/haproxy.sock
            backend: shop
            units:
              web1: { upgrade: [ ./up, web1 ], downgrade: [ ./down, web1 ], look: [ ./version, web1 ], upgraded: 3.0.0, timeout: 5m }
              web2: { upgrade: [ ./up, web2 ], downgrade: [ ./down, web2 ], health: 'http://web2/version', upgraded: 'matches ^3' }
            """);

        traffic.Units.Select(unit => unit.Name).ShouldBe(["web1", "web2"]);
        traffic.Units[0].ShouldSatisfyAllConditions(
            unit => unit.Upgrade.ShouldBe(["./up", "web1"]),
            unit => unit.Downgrade.ShouldBe(["./down", "web1"]),
            unit => unit.Look.ShouldBe(["./version", "web1"]),
            unit => unit.Upgraded.ShouldBe(new Expectation("=", "3.0.0")),
            unit => unit.Timeout.ShouldBe(TimeSpan.FromMinutes(5)));
        traffic.Units[1].Health!.Redacted.ShouldBe("http://web2/version");
        traffic.Units[1].Timeout.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Nginx_and_command_have_programs()
    {
        var nginx = Read("router: nginx\nendpoint: file:/etc/nginx/conf.d/split.conf\nsource: v2\ntarget: v3\ncheck: [ sudo, nginx, -t ]\nreload: [ sudo, nginx, -s, reload ]\ntimeout: 1m");
        nginx.Programs.ShouldSatisfyAllConditions(
            programs => programs.Check.ShouldBe(["sudo", "nginx", "-t"]),
            programs => programs.Reload.ShouldBe(["sudo", "nginx", "-s", "reload"]),
            programs => programs.Timeout.ShouldBe(TimeSpan.FromMinutes(1)));

        var command = Read("router: command\nendpoint: https://balancer\nget: [ ./share ]\nset: [ ./share, '{percent}' ]");
        command.Programs.Get.ShouldBe(["./share"]);
        command.Programs.Set.ShouldBe(["./share", "{percent}"]);
    }

    [Theory]
    [InlineData("router: haproxy, endpoint: 'unix:/x', source: a, target: b", "the key 'backend' is missing: haproxy needs it.")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', backend: s, target: b", "the key 'source' is missing: haproxy needs it.")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', backend: s, source: a", "the key 'target' is missing: haproxy needs it.")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', source: a, target: b, routes: { x: { backend: s }, y: {} }", "the key 'backend' is missing, here and in the route 'y': haproxy needs it.")]
    [InlineData("router: haproxy, endpoint: 'http://x', backend: s, source: a, target: b", "endpoint: expected unix:/run/haproxy.sock or tcp:host:port, found 'http://x'.")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', backend: s, source: a, target: a", "target: it is 'a' as 'source' is; the two sides must be two.")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', backend: s, source: a, target: b, reload: [ x ]", "reload: the router haproxy has no use for this key; take it away.")]
    [InlineData("router: nginx, endpoint: 'unix:/x', source: a, target: b", "endpoint: expected file:/etc/nginx/conf.d/split.conf")]
    [InlineData("router: nginx, endpoint: 'file:/x', source: a", "the key 'target' is missing: nginx needs it.")]
    [InlineData("router: nginx, endpoint: 'file:/x', source: a, target: b, stateFile: x", "stateFile: the router nginx has no use for this key")]
    [InlineData("router: command, endpoint: 'xx:y', get: [ x ]", "the key 'set' is missing: the router command needs the program that sets it.")]
    [InlineData("router: command, endpoint: 'xx:y', set: [ x ]", "the key 'get' is missing: the router command needs the program that prints the target's share in percent.")]
    [InlineData("router: command, endpoint: 'xx:y', get: [ x ], set: [ x ], identify: { source: a, target: b }", "the key 'front' is missing")]
    [InlineData("router: command, endpoint: 'xx:y', get: [ x ], set: [ x ], front: 'http://x', identify: { source: a, target: a }", "identify.target: it is the same as 'source'")]
    [InlineData("router: command, endpoint: 'xx:y', get: [ x ], set: [ x ], front: 'http://x', identify: { source: '(', target: a }", "identify.source: '(' is not a regular expression")]
    [InlineData("router: command, endpoint: 'xx:y', get: [ x ], set: [ x ], front: 'http://x', identify: { header: 'X Y', source: b, target: a }", "identify.header: 'X Y' is no name of a header")]
    [InlineData("router: command, endpoint: 'xx:y', get: [ x ], set: [ x ], front: 'unix:/x'", "front: 'unix:/x': the scheme 'unix' is not supported here")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', backend: s, units: { w: { upgrade: [ a ], downgrade: [ b ] } }", "units.w: there must be a way to see the unit's version")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', backend: s, units: { w: { upgrade: [ a ], downgrade: [ b ], look: [ c ] } }", "the key 'upgraded' is missing: what 'look' prints")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', backend: s, units: { w: { upgrade: [ a ], look: [ c ], upgraded: 3 } }", "the key 'downgrade' is missing")]
    [InlineData("router: haproxy, endpoint: 'unix:/x', bakend: s, source: a, target: b", "unknown key 'bakend'; did you mean 'backend'?")]
    public void A_mistake_is_told_once(string keys, string message) =>
        SpecSamples.Mistakes($"id: a\nsystems: {{ front: {{ kind: traffic, {keys} }} }}\n").ShouldHaveSingleItem().Message.ShouldContain(message);

    private static TrafficSystemSpec Read(string keys) =>
        (TrafficSystemSpec)SpecSamples.Read("id: a\nsystems:\n  front:\n    kind: traffic\n" + string.Join('\n', keys.Split('\n').Select(line => "    " + line))).Systems[0];
}
