using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine;

namespace MigrationTools.Cli.CommandLine;

/// <summary><c>--help</c> with examples and exit codes after the options, and <c>--version</c>.</summary>
internal static class HelpText
{
    public static void AddTo(Command root, CliConsole console)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(console);
        var help = new HelpOption { Recursive = true };
        var standard = (HelpAction)help.Action!;
        standard.MaxWidth = console.TableWidth;
        help.Action = new WithExamples(standard, console);
        root.Add(help);
        root.Add(new Option<bool>("--version") { Description = "Show the version.", Action = new ShowVersion(console) });
    }

    private static void WriteRoot(TextWriter text)
    {
        text.WriteLine("Examples:");
        text.WriteLine($"  {OwnName.Installed} run samples/shop/migration.yaml");
        text.WriteLine($"  {OwnName.Installed} rollback <run>");
        text.WriteLine($"  {OwnName.Installed} compare --source sqlite:old.db --target sqlite:new.db --output json");
        text.WriteLine();
        WriteCodes(text, "The verdict is Passed, or Waived by a person.", "The verdict is Failed: rows differ, not ready, a gate failed.");
    }

    private static void WriteVerb(CliVerb verb, TextWriter text)
    {
        text.WriteLine(verb.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in verb.Examples)
        {
            text.WriteLine($"  {OwnName.Installed} {example}");
        }

        text.WriteLine();
        WriteCodes(text, verb.Outcomes.Zero, verb.Outcomes.One);
    }

    private static void WriteCodes(TextWriter text, string zero, string? one)
    {
        text.WriteLine("Exit codes:");
        text.WriteLine($"  0    {zero}");
        if (one is not null)
        {
            text.WriteLine($"  1    {one}");
        }

        text.WriteLine("  2    The call or the spec is wrong; nothing was done.");
        text.WriteLine("  3    Error, Inconclusive or NotRun: it could not be verified.");
        text.WriteLine("  130  Cancelled.");
    }

    private sealed class WithExamples(HelpAction standard, CliConsole console) : SynchronousCommandLineAction
    {
        // Asking for help is no wrong call, whatever is missing.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            standard.Invoke(parseResult);
            if (parseResult.CommandResult.Command is CliVerb verb)
            {
                WriteVerb(verb, console.Out);
            }
            else
            {
                WriteRoot(console.Out);
            }

            return ExitCodes.Passed;
        }
    }

    private sealed class ShowVersion(CliConsole console) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            console.Out.WriteLine(ProductVersion.Text);
            return ExitCodes.Passed;
        }
    }
}
