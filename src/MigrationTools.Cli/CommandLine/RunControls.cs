using System.CommandLine;
using MigrationTools.Engine;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Cli.CommandLine;

/// <summary>The options of verbs that carry a run out.</summary>
internal sealed class RunControls
{
    private readonly Option<string[]> _waive = OptionKinds.List(
        "--waive", "check=why", "Answer for a check that did not pass; its id may hold * and ?. Who and why is recorded. May be given several times.");

    private readonly Option<TimeSpan?> _maxRuntime = new("--max-runtime")
    {
        HelpName = "duration",
        Description = "Stop before the next step after this time, to be resumed: 30m, 2h.",
        CustomParser = result =>
        {
            var parsed = DurationText.Parse(result.Tokens[0].Value);
            if (parsed is null)
            {
                result.AddError($"--max-runtime takes {DurationText.Expected}, not '{result.Tokens[0].Value}'.");
            }

            return parsed;
        },
    };

    private readonly Option<bool> _yes = OptionKinds.Switch("--yes", "Answer every question with yes.");

    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Add(_waive);
        command.Add(_maxRuntime);
        command.Add(OptionKinds.MetricsFile());
        command.Add(_yes);
    }

    public bool SaysYes(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return parsed.GetValue(_yes);
    }

    /// <exception cref="InvalidRequestException">A waiver without a reason.</exception>
    public RunOptions Read(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return new RunOptions { Waivers = ReadWaivers(parsed.GetValue(_waive) ?? []), MaxRuntime = parsed.GetValue(_maxRuntime) };
    }

    private static Dictionary<string, string> ReadWaivers(string[] texts)
    {
        var waivers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var (check, why) = equals < 0 ? (text, "") : (text[..equals].Trim(), text[(equals + 1)..].Trim());
            if (check.Length == 0 || why.Length == 0)
            {
                throw new InvalidRequestException($"--waive '{text}': give the check and why you answer for it, as in --waive 'backup:shop=restored by hand on Monday'.");
            }

            if (!waivers.TryAdd(check, why))
            {
                throw new InvalidRequestException($"--waive: '{check}' is waived twice.");
            }
        }

        return waivers;
    }
}
