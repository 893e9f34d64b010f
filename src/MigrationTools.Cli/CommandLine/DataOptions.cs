using System.CommandLine;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.CommandLine;

/// <summary>Which two databases a verb is about: those of a spec, those of a run, or two endpoints; and which of their tables.</summary>
internal sealed class DataOptions
{
    private readonly Argument<string?> _spec = new("spec") { Description = "The spec (YAML or JSON), or none with --run, or --source and --target.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _system = OptionKinds.Text("--system", "name", "One database system of the spec; without it all of them.");
    private readonly Option<string?> _run = OptionKinds.Text("--run", "run", "The databases of a run, as its spec was then.");
    private readonly Option<string?> _source = OptionKinds.Text("--source", "uri", "The one database: sqlite:old.db, 'postgresql://me:${env:PGPASSWORD}@host/db'.");
    private readonly Option<string?> _target = OptionKinds.Text("--target", "uri", "The other database.");
    private readonly Option<string[]> _tables = OptionKinds.List("--tables", "a,b*", "Only these tables, by source or target name; * and ? match.");
    private readonly Option<string[]> _exclude = OptionKinds.List("--exclude", "a,b*", "Not these tables.");
    private readonly Option<int?> _parallelism = OptionKinds.Number("--parallelism", 1, "Tables worked on at once [default: 2].");

    public DataOptions() => _spec.Validators.Add(result =>
    {
        if (UsageErrors.TookAnOption(result))
        {
            result.AddError($"'{result.Tokens[0].Value}' is no spec.");
        }
    });

    public void AddTo(Command command)
    {
        AddSidesTo(command);
        command.Add(_parallelism);
    }

    /// <summary>For a verb that works on one table after the other.</summary>
    public void AddSidesTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Add(_spec);
        command.Add(_system);
        command.Add(_run);
        command.Add(_source);
        command.Add(_target);
        command.Add(_tables);
        command.Add(_exclude);
    }

    public int? Parallelism(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return parsed.GetValue(_parallelism);
    }

    /// <summary>The path of the spec that was given; null for none.</summary>
    public string? SpecPath(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return parsed.GetValue(_spec);
    }

    /// <summary>The first option given that says which databases or tables, where a plan says it already; null where there is none.</summary>
    public string? FirstBesideAPlan(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        Option[] options = [_system, _run, _source, _target, _tables, _exclude];
        return options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;
    }

    /// <summary>One scope a system, in the spec's order.</summary>
    /// <exception cref="InvalidRequestException">Not exactly one of spec, run and two endpoints; no such system.</exception>
    public async Task<IReadOnlyList<DataScope>> ReadAsync(VerbCall call, MigrationHost host, CancellationToken cancellationToken)
    {
        var (request, read) = await ReadRequestAsync(call, host, cancellationToken);
        if (read is null)
        {
            return [await DescribeAsync(host, null, null, request, cancellationToken)];
        }

        var scopes = new List<DataScope>();
        foreach (var system in Systems(read, request.System))
        {
            scopes.Add(await DescribeAsync(host, system.Name, system, request with { System = system.Name }, cancellationToken));
        }

        return scopes;
    }

    /// <summary>The request for all systems together, and the spec or run's spec that it is about; null for two endpoints.</summary>
    /// <exception cref="InvalidRequestException">Not exactly one of spec, run and two endpoints; no such system.</exception>
    public async Task<(DataRequest Request, MigrationSpec? Spec)> ReadRequestAsync(VerbCall call, MigrationHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(host);
        var parsed = call.Parsed;
        var (spec, run, source, target) = (parsed.GetValue(_spec), parsed.GetValue(_run), parsed.GetValue(_source), parsed.GetValue(_target));
        var endpoints = source is not null || target is not null;
        if ((spec is null ? 0 : 1) + (run is null ? 0 : 1) + (endpoints ? 1 : 0) != 1)
        {
            throw new InvalidRequestException("Say which two databases, in one of three ways: a spec, --run, or --source with --target.");
        }

        var request = new DataRequest
        {
            Tables = OptionKinds.Parts(parsed.GetValue(_tables)),
            Exclude = OptionKinds.Parts(parsed.GetValue(_exclude)),
            Parallelism = parsed.GetValue(_parallelism) ?? new DataRequest().Parallelism,
        };
        if (endpoints)
        {
            return (OfEndpoints(request, source, target, parsed.GetValue(_system)), null);
        }

        call.RunId = run;
        var read = spec is not null ? host.ReadSpec(spec) : await host.Runs.ReadSpecAsync(run!, cancellationToken);
        _ = Systems(read, parsed.GetValue(_system));
        request = request with { System = parsed.GetValue(_system) };
        return (spec is not null ? request with { Spec = read } : request with { RunId = run }, read);
    }

    private static async Task<DataScope> DescribeAsync(
        MigrationHost host, string? name, DatabaseSystemSpec? system, DataRequest request, CancellationToken cancellationToken)
    {
        var (source, target) = (await host.DescribeAsync(request, cancellationToken))[0];
        return new DataScope(name, system, request, source, target);
    }

    private static DataRequest OfEndpoints(DataRequest request, string? source, string? target, string? system)
    {
        if (source is null || target is null)
        {
            throw new InvalidRequestException($"--{(source is null ? "target" : "source")} alone is one database: give --{(source is null ? "source" : "target")} too.");
        }

        return system is null
            ? request with { Source = ParseEndpoint("--source", source), Target = ParseEndpoint("--target", target) }
            : throw new InvalidRequestException("--system names a system of a spec: it does not go with --source and --target.");
    }

    private static Endpoint ParseEndpoint(string option, string text)
    {
        var endpoint = Endpoint.Parse(text, Environment.CurrentDirectory);
        return endpoint.HoldsLiteralSecret
            ? throw new EndpointException(
                $"{option} {endpoint.Redacted}: a secret on the command line can be read by everyone on this machine. Write ${{env:NAME}} or ${{file:path}} in its place (in single quotes, so that the shell leaves it).")
            : endpoint;
    }

    private static IReadOnlyList<DatabaseSystemSpec> Systems(MigrationSpec spec, string? name)
    {
        var all = spec.Databases.ToList();
        if (all.Count == 0)
        {
            throw new InvalidRequestException($"{spec.Path ?? spec.Id} has no database system.");
        }

        if (name is null)
        {
            return all;
        }

        var named = all.Where(system => system.Name == name).ToList();
        var names = all.Select(system => system.Name).ToList();
        return named.Count > 0
            ? named
            : throw new InvalidRequestException(
                $"{spec.Path ?? spec.Id} has no database system '{name}'{(NearestName.Find(name, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".")} It has: {string.Join(", ", names)}.");
    }
}
