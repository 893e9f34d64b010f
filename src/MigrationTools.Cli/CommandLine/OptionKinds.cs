using System.CommandLine;
using MigrationTools.Engine;

namespace MigrationTools.Cli.CommandLine;

/// <summary>Options of the kinds that several verbs have.</summary>
internal static class OptionKinds
{
    public const string MetricsFileName = "--metrics-file";

    public static Option<string[]> List(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };

    public static Option<string?> Text(string name, string helpName, string description) => new(name) { HelpName = helpName, Description = description };

    /// <summary>The value of an option that names a file.</summary>
    /// <exception cref="InvalidRequestException">It is empty, as of a variable that is not set.</exception>
    public static string? Path(Option<string?> option, ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(option);
        ArgumentNullException.ThrowIfNull(parsed);
        return parsed.GetValue(option) is "" ? throw new InvalidRequestException($"{option.Name} takes the name of a file, not ''.") : parsed.GetValue(option);
    }

    /// <summary>Of verbs that carry a run out, or back.</summary>
    public static Option<string?> MetricsFile() =>
        Text(MetricsFileName, "path", "Write the run's figures there for Prometheus, at each step [default: MIGRATIONTOOLS_METRICS_FILE, or none].");

    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>A whole number, at least as big as given.</summary>
    public static Option<int?> Number(string name, int least, string description) => Whole<int?>(name, least, description);

    /// <inheritdoc cref="Number"/>
    public static Option<long?> BigNumber(string name, long least, string description) => Whole<long?>(name, least, description);

    /// <summary>The parts of a list that was given with commas, several times, or both.</summary>
    public static IReadOnlyList<string> Parts(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static Option<T> Whole<T>(string name, long least, string description)
    {
        var option = new Option<T>(name) { HelpName = "n", Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && long.TryParse(result.Tokens[0].Value, out var number) && number < least)
            {
                result.AddError($"{name} must be at least {least}, not {number}.");
            }
        });
        return option;
    }
}
