using System.CommandLine;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Hosting;
using MigrationTools.Hosting.Traffic;

namespace MigrationTools.Cli.CommandLine;

/// <summary>The options of verbs that are about routers: a spec, or one router by its address.</summary>
internal sealed class TrafficOptions
{
    private readonly Argument<string?> _spec = new("spec") { Description = "The spec (YAML or JSON) whose routers are meant.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _system = OptionKinds.Text("--system", "name", "Of several routers in the spec, this one.");
    private readonly Option<string?> _router = OptionKinds.Text("--router", "haproxy|nginx", "A router without a spec: its kind.");
    private readonly Option<string?> _endpoint = OptionKinds.Text("--endpoint", "uri", "Its address: unix:/run/haproxy.sock, tcp://host:port, or file:/etc/nginx/conf.d/split.conf.");
    private readonly Option<string?> _backend = OptionKinds.Text("--backend", "name", "HAProxy's backend that both sides are in.");
    private readonly Option<string?> _source = OptionKinds.Text("--source", "name", "The router's name of the old side.");
    private readonly Option<string?> _target = OptionKinds.Text("--target", "name", "The router's name of the new side.");
    private readonly Option<string?> _lane = OptionKinds.Text("--lane", "name", "Of several routes, this one.");
    private readonly Option<bool> _prove = OptionKinds.Switch("--prove", "Count where requests really land: by probes where the spec says how answers tell their side, otherwise by the router's counters.");

    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Add(_spec);
        foreach (var option in new Option[] { _system, _router, _endpoint, _backend, _source, _target, _lane, _prove })
        {
            command.Add(option);
        }
    }

    /// <exception cref="InvalidRequestException">Neither a spec nor a router, or both.</exception>
    public TrafficRequest Read(ParseResult parsed, MigrationHost host)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(host);
        var request = new TrafficRequest { System = parsed.GetValue(_system), Lane = parsed.GetValue(_lane), Prove = parsed.GetValue(_prove) };
        var given = new[] { _router, _endpoint, _backend, _source, _target }.Where(option => parsed.GetValue(option) is not null).Select(option => option.Name).ToList();
        if (parsed.GetValue(_spec) is { } spec)
        {
            return given.Count == 0
                ? request with { Spec = host.ReadSpec(spec) }
                : throw new InvalidRequestException($"Both a spec and {string.Join(", ", given)} are given. The spec names its routers: leave one of them out.");
        }

        if (parsed.GetValue(_router) is not { } router || parsed.GetValue(_endpoint) is not { } endpoint)
        {
            throw new InvalidRequestException("Name a spec, or a router by --router and --endpoint.");
        }

        return request with
        {
            Directory = Environment.CurrentDirectory,
            Router = new TrafficSystemSpec
            {
                Name = parsed.GetValue(_system) ?? router,
                Router = router,
                Endpoint = Endpoint.Parse(endpoint, Environment.CurrentDirectory),
                Backend = parsed.GetValue(_backend),
                Source = parsed.GetValue(_source),
                Target = parsed.GetValue(_target),
            },
        };
    }
}
