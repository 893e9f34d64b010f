using System.CommandLine;
using MigrationTools.Databases.Comparison;
using MigrationTools.Engine;
using MigrationTools.Hosting;

namespace MigrationTools.Cli.CommandLine;

/// <summary>The options of a comparison: by which method, what is compared and what counts, how fast, and which files.</summary>
internal sealed class ComparisonSettings
{
    private readonly Option<string?> _method = OptionKinds.Text("--method", "name", "auto, native, stream or pushdown [default: auto: the fastest on the first rows].");
    private readonly Option<int?> _maxDifferences = OptionKinds.Number("--max-differences", 0, "Differences listed a table [default: 100]; all are counted.");
    private readonly MeaningSettings _meaning = new();
    private readonly Option<string?> _timeout = OptionKinds.Text("--timeout", "duration", "Stop after this time; what is not compared by then is not passed: 30m.");
    private readonly Option<long?> _maxRowsPerSecond = OptionKinds.BigNumber("--max-rows-per-second", 1, "Read no faster, both sides together.");
    private readonly Option<int?> _maxActiveSessions = OptionKinds.Number("--max-active-sessions", 0, "Wait while a server has more active sessions of others.");
    private readonly Option<string?> _state = OptionKinds.Text("--state", "file", "Note here what is found equal, and go on from it after an interruption.");
    private readonly Option<string?> _differences = OptionKinds.Text("--differences", "file", "Write every difference to a file: .jsonl, .csv or .html.");
    private readonly Option<string?> _repairScript = OptionKinds.Text("--repair-script", "file", "Write SQL that would make the target equal. It is never run by itself.");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        _method, _maxDifferences, .. _meaning.All, _timeout, _maxRowsPerSecond, _maxActiveSessions, _state, _differences, _repairScript,
    ];

    /// <exception cref="InvalidRequestException">A value can't be understood.</exception>
    public ComparisonOptions Options(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        var defaults = new ComparisonOptions();
        return _meaning.Meaning(parsed).ApplyTo(defaults with
        {
            Method = Method(parsed.GetValue(_method)),
            MaxDifferences = parsed.GetValue(_maxDifferences) ?? defaults.MaxDifferences,
            Timeout = MeaningSettings.Duration("--timeout", parsed.GetValue(_timeout)),
            MaxRowsPerSecond = parsed.GetValue(_maxRowsPerSecond),
            MaxActiveSessions = parsed.GetValue(_maxActiveSessions),
            StateFile = OptionKinds.Path(_state, parsed),
        });
    }

    public DataSelection Selection(ParseResult parsed) => _meaning.Selection(parsed);

    /// <summary>A plan says itself what is compared: what would say otherwise is refused instead of left out.</summary>
    /// <exception cref="InvalidRequestException">An option is given that a plan leaves no room for.</exception>
    public void RefuseBesidePlan(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        if (_meaning.All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } said)
        {
            throw new InvalidRequestException($"{said.Name} does not go with --plan: what a partition compares, and what counts, stands in the plan. Give it to 'compare plan'.");
        }

        Option[] files = [_differences, _repairScript];
        if (Array.Find(files, option => parsed.GetResult(option) is { Implicit: false }) is { } file)
        {
            throw new InvalidRequestException($"{file.Name} does not go with --plan: a partition writes its result to a file of its own, which 'compare merge' reads.");
        }
    }

    public ComparisonFiles Files(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return new ComparisonFiles { Differences = OptionKinds.Path(_differences, parsed), RepairScript = OptionKinds.Path(_repairScript, parsed) };
    }

    private static ComparisonMethod? Method(string? text) => text?.ToLowerInvariant() switch
    {
        null or "auto" => null,
        "native" => ComparisonMethod.Native,
        "stream" => ComparisonMethod.Stream,
        "pushdown" => ComparisonMethod.Pushdown,
        _ => throw new InvalidRequestException($"--method takes auto, native, stream or pushdown, not '{text}'."),
    };
}
