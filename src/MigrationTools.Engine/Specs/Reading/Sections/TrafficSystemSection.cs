using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A system of kind traffic.</summary>
internal sealed class TrafficSystemSection : MappingForm<SystemSpec>
{
    private static readonly RouterProgramsSpec Default = new();

    private readonly Field<string> _router;
    private readonly Field<Endpoint> _endpoint;
    private readonly Field<string> _backend;
    private readonly Field<string> _source;
    private readonly Field<string> _target;
    private readonly Field<Endpoint> _front;
    private readonly Field<TrafficIdentitySpec> _identify;
    private readonly Field<IReadOnlyDictionary<string, TrafficRouteSpec>> _routes;
    private readonly Field<IReadOnlyDictionary<string, TrafficUnitSpec>> _units;
    private readonly Field<string> _stateFile;
    private readonly Field<IReadOnlyList<string>> _get;
    private readonly Field<IReadOnlyList<string>> _set;
    private readonly Field<IReadOnlyList<string>> _check;
    private readonly Field<IReadOnlyList<string>> _reload;
    private readonly Field<TimeSpan> _timeout;

    public TrafficSystemSection()
        : base("trafficSystem")
    {
        Required("kind", new KindForm("traffic"), "Which kind of system it is.");
        _router = Required("router", new RouterForm(), "Which router it is.");
        _endpoint = Required("endpoint", EndpointForm.Router, "Where HAProxy takes commands (unix:/run/haproxy.sock, tcp:host:port), nginx's file that the tool owns (file:/etc/nginx/conf.d/split.conf), or what a command is told of the router.");
        _backend = Optional("backend", TextForm.Line, "HAProxy's name of the group that both sides are servers of.");
        _source = Optional("source", TextForm.Line, "The router's name of the old side.");
        _target = Optional("target", TextForm.Line, "The router's name of the new side.");
        _front = Optional("front", EndpointForm.Http, "Where clients send their requests; with 'identify' a share is proven by counting answers.");
        _identify = Optional("identify", new TrafficIdentitySection(), "How an answer tells which side gave it.");
        _routes = Optional("routes", new NamedForm<TrafficRouteSpec>(new TrafficRouteSection(), "a mapping of routes' names to routes", (name, route) => route with { Name = name }), "Routes that move one by one.");
        _units = Optional("units", new NamedForm<TrafficUnitSpec>(new TrafficUnitSection(), "a mapping of the router's names of servers to units", (name, unit) => unit with { Name = name }), "Servers that are upgraded in place one by one.");
        _stateFile = Optional("stateFile", new PathForm("the path of HAProxy's server-state-file"), "The file from which HAProxy takes the servers' states after a reload; it is written after each change.");
        _get = Optional("get", new ArgumentsForm(), "For the router command: the program that prints the target's share in percent. {lane}, {source} and {target} in its arguments are replaced.");
        _set = Optional("set", new ArgumentsForm(), "For the router command: the program that sets it; {percent} is replaced too.");
        _check = Optional("check", new ArgumentsForm(), "For nginx: the program that checks the configuration; nginx -t where it is not given.");
        _reload = Optional("reload", new ArgumentsForm(), "For nginx: the program that loads it; nginx -s reload where it is not given.");
        _timeout = Optional("timeout", DurationForm.Instance, Default.Timeout, "When each of these programs is ended.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        if (values.IsGiven(_identify) && !values.IsGiven(_front))
        {
            context.Mistake(values.Node, "the key 'front' is missing: where the requests are sent whose answers 'identify' tells apart.");
        }

        if (values.Find(_source) is { } source && source == values.Find(_target))
        {
            context.MistakeWithin("target", values.NodeOf(_target), $"it is {Echo.Quote(source)} as 'source' is; the two sides must be two.");
        }

        switch (values.Find(_router))
        {
            case "haproxy":
                RequireScheme(values, context, "unix:/run/haproxy.sock or tcp:host:port", "unix", "tcp");
                RequireOfLanes(values, context, "haproxy", ("backend", _backend, route => route.Backend));
                RequireSides(values, context, "haproxy");
                Refuse(values, context, "haproxy", _get, _set, _check, _reload);
                break;
            case "nginx":
                RequireScheme(values, context, "file:/etc/nginx/conf.d/split.conf, a file of its own that your configuration includes", "file");
                RequireSides(values, context, "nginx");
                Refuse(values, context, "nginx", _get, _set, _stateFile, _backend, _units);
                break;
            case "command":
                RequireKey(values, context, "command", _get, "the program that prints the target's share in percent");
                RequireKey(values, context, "command", _set, "the program that sets it");
                Refuse(values, context, "command", _check, _reload, _stateFile, _units);
                break;
        }
    }

    protected override SystemSpec Build(FieldValues values, ReadingContext context) => new TrafficSystemSpec
    {
        Name = string.Empty,
        Router = values.Of(_router),
        Endpoint = values.Of(_endpoint),
        Backend = values.Find(_backend),
        Source = values.Find(_source),
        Target = values.Find(_target),
        StateFile = values.Find(_stateFile),
        Front = values.Find(_front),
        Identify = values.Find(_identify),
        Routes = [.. values.Find(_routes)?.Values ?? []],
        Units = [.. values.Find(_units)?.Values ?? []],
        Programs = new RouterProgramsSpec
        {
            Get = values.Find(_get) ?? [],
            Set = values.Find(_set) ?? [],
            Check = values.Find(_check) ?? [],
            Reload = values.Find(_reload) ?? [],
            Timeout = values.Of(_timeout),
        },
    };

    private void RequireScheme(FieldValues values, ReadingContext context, string expected, params string[] schemes)
    {
        if (values.Find(_endpoint) is { } endpoint && !schemes.Contains(endpoint.Scheme, StringComparer.Ordinal))
        {
            context.MistakeWithin("endpoint", values.NodeOf(_endpoint), $"expected {expected}, found {Echo.Quote(endpoint.Redacted)}.");
        }
    }

    /// <summary>Servers that are only upgraded in place have no two sides.</summary>
    private void RequireSides(FieldValues values, ReadingContext context, string router)
    {
        if (!values.IsGiven(_units) || values.IsGiven(_source) || values.IsGiven(_target))
        {
            RequireOfLanes(values, context, router, ("source", _source, route => route.Source), ("target", _target, route => route.Target));
        }
    }

    /// <summary>A key that the system has, or else every one of its routes.</summary>
    private void RequireOfLanes(FieldValues values, ReadingContext context, string router, params (string Name, Field<string> Field, Func<TrafficRouteSpec, string?> Of)[] keys)
    {
        foreach (var key in keys.Where(key => !values.IsGiven(key.Field)))
        {
            var routes = values.IsGiven(_routes) ? values.Find(_routes)?.Values.Where(route => key.Of(route) is null).ToList() : null;
            if (!values.IsGiven(_routes))
            {
                context.Mistake(values.Node, $"the key '{key.Name}' is missing: {router} needs it. {key.Field.Meaning}");
            }
            else if (routes is { Count: > 0 })
            {
                context.Mistake(values.Node, $"the key '{key.Name}' is missing, here and in {(routes.Count == 1 ? "the route" : "the routes")} {Words.List(routes.Select(route => Echo.Quote(route.Name)), "and")}: {router} needs it.");
            }
        }
    }

    private static void RequireKey(FieldValues values, ReadingContext context, string router, Field field, string meaning)
    {
        if (!values.IsGiven(field))
        {
            context.Mistake(values.Node, $"the key '{field.Name}' is missing: the router {router} needs {meaning}.");
        }
    }

    /// <summary>A key that would do nothing is a mistake: whoever wrote it expects something of it.</summary>
    private static void Refuse(FieldValues values, ReadingContext context, string router, params Field[] fields)
    {
        foreach (var field in fields.Where(values.IsGiven))
        {
            context.MistakeWithin(field.Name, values.NodeOf(field), $"the router {router} has no use for this key; take it away.");
        }
    }
}
