using System.CommandLine;
using System.CommandLine.Parsing;
using MigrationTools.Cli.Output;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Cli.CommandLine;

/// <summary>What is wrong with a command line, with the name that was probably meant.</summary>
internal static class UsageErrors
{
    /// <returns>The exit code.</returns>
    public static int Write(ParseResult parsed, IReadOnlyList<string> args, CliConsole console)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        var command = parsed.CommandResult.Command;
        var path = command is CliVerb verb ? $"{OwnName.Installed} {verb.FullName}" : OwnName.Installed;
        var message = $"{string.Join(' ', Messages(parsed, args))} See: {path} --help";
        return ErrorOutput.Of(ErrorIds.InvalidRequest, message).Write(console, CommonOptions.GuessFormat(args));
    }

    private static List<string> Messages(ParseResult parsed, IReadOnlyList<string> args)
    {
        var command = parsed.CommandResult.Command;
        if (command is not CliVerb)
        {
            return [Verb(parsed, command, args)];
        }

        var messages = new List<string>();
        var taken = parsed.CommandResult.Children.OfType<ArgumentResult>().Where(TookAnOption).ToList();
        var unknown = taken.FirstOrDefault()?.Tokens[0].Value ?? parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-'));
        if (unknown is not null)
        {
            // What follows an unknown option is its value as often as a mistake of its own.
            messages.Add(Unknown((CliVerb)command, NameOf(unknown), parsed.CommandResult));
        }
        else if (parsed.UnmatchedTokens.Count > 0)
        {
            messages.Add($"'{parsed.UnmatchedTokens[0]}' is one argument too many.");
        }

        messages.AddRange(parsed.Errors.Where(error => error.SymbolResult is not CommandResult && !taken.Exists(argument => argument == error.SymbolResult)).Select(Describe));
        messages.AddRange(parsed.Errors.Where(error => error.SymbolResult is CommandResult && parsed.UnmatchedTokens.Count == 0).Select(Describe));
        return messages;
    }

    /// <summary>Whether an argument that is not there was filled with an unknown option, for which its place was free.</summary>
    public static bool TookAnOption(ArgumentResult argument) => argument.Tokens is [{ Value: var value }] && value.StartsWith("--", StringComparison.Ordinal);

    // An option of the verb above is no slip of the pen: another name would be no help.
    private static string Unknown(CliVerb verb, string option, CommandResult result) =>
        verb.Parents.OfType<CliVerb>().FirstOrDefault(above => above.Options.Any(known => known.Name == option)) is { } owner
            ? $"'{option}' is an option of '{owner.FullName}' and not of '{verb.FullName}'."
            : $"'{verb.FullName}' has no option '{option}'{Suggest(option, OptionNames(result))}";

    private static string Verb(ParseResult parsed, Command root, IReadOnlyList<string> args)
    {
        var verbs = root.Subcommands.Select(verb => verb.Name).ToList();
        var meant = parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-'));
        if (meant is not null)
        {
            return $"There is no verb '{meant}'{Suggest(meant, verbs)} Verbs: {string.Join(", ", verbs)}.";
        }

        return args.Count > 0 && parsed.UnmatchedTokens.Count > 0
            ? $"There is no option '{NameOf(parsed.UnmatchedTokens[0])}'{Suggest(NameOf(parsed.UnmatchedTokens[0]), OptionNames(parsed.CommandResult))} A verb comes first."
            : $"Say what to do. Verbs: {string.Join(", ", verbs)}.";
    }

    private static string Describe(ParseError error) =>
        error.SymbolResult is ArgumentResult { Argument: { } argument, Tokens.Count: 0 } && error.Message.Contains("missing", StringComparison.Ordinal)
            ? $"<{argument.Name}> is missing."
            : Sentence(string.Join(" ", error.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

    private static string Sentence(string text) => text.EndsWith('.') ? text : $"{text}.";

    // --name=value may hold what must not be shown.
    private static string NameOf(string token) => token.Split('=', 2)[0];

    private static string Suggest(string text, IEnumerable<string> names) =>
        NearestName.Find(text, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    private static IEnumerable<string> OptionNames(CommandResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            foreach (var option in at is CommandResult command ? command.Command.Options : [])
            {
                yield return option.Name;
            }
        }
    }
}
