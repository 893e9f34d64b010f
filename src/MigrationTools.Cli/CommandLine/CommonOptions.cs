using System.CommandLine;
using MigrationTools.Cli.Output;

namespace MigrationTools.Cli.CommandLine;

/// <summary>The options of every verb.</summary>
internal sealed class CommonOptions
{
    public const string OutputName = "--output";
    public const string OutputAlias = "-o";

    public Option<string> Output { get; } = FormatOption();

    public Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Log lines on standard error, longer tables, and the stack of an unexpected error.",
        Recursive = true,
    };

    public Option<string?> Runs { get; } = new("--runs")
    {
        Description = "Directory or database of the runs [default: MIGRATIONTOOLS_RUNS, or ./runs].",
        HelpName = "dir|uri",
        Recursive = true,
    };

    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Add(Output);
        command.Add(Verbose);
        command.Add(Runs);
    }

    public static OutputFormat FormatOf(string? text) => text switch
    {
        "json" => OutputFormat.Json,
        "jsonl" => OutputFormat.JsonLines,
        _ => OutputFormat.Table,
    };

    /// <summary>The form that was asked for in a call that could not be parsed.</summary>
    public static OutputFormat GuessFormat(IReadOnlyList<string> args)
    {
        for (var index = 0; index < args.Count; index++)
        {
            if (args[index] is OutputName or OutputAlias && index + 1 < args.Count)
            {
                return FormatOf(args[index + 1]);
            }

            if (args[index].StartsWith($"{OutputName}=", StringComparison.Ordinal) || args[index].StartsWith($"{OutputAlias}=", StringComparison.Ordinal))
            {
                return FormatOf(args[index][(args[index].IndexOf('=', StringComparison.Ordinal) + 1)..]);
            }
        }

        return OutputFormat.Table;
    }

    private static Option<string> FormatOption()
    {
        var option = new Option<string>(OutputName, OutputAlias)
        {
            Description = "What standard output gets: a table, one JSON object, or JSON lines as they come.",
            HelpName = "table|json|jsonl",
            DefaultValueFactory = _ => "table",
            Recursive = true,
        };
        return option.AcceptOnlyFromAmong("table", "json", "jsonl");
    }
}
