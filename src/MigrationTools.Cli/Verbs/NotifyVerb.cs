using System.CommandLine;
using MigrationTools.Cli.CommandLine;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Hosting.Notifications;

namespace MigrationTools.Cli.Verbs;

/// <summary><c>notify</c>: sends a message to those whom a spec names.</summary>
internal sealed class NotifyVerb : CliVerb
{
    private readonly Argument<string> _spec = new("spec") { Description = "The spec (YAML or JSON)." };
    private readonly Option<string?> _message = OptionKinds.Text("--message", "text", "What is told.");
    private readonly Option<string[]> _name = OptionKinds.List("--name", "name,...", "Names under the spec's key notify; without it all.");
    private readonly Option<string?> _event = OptionKinds.Text("--event", "event", "As what it is told (start, gate, hold, failure, rollback, end): those who listen to it get it.");
    private readonly Option<string?> _run = OptionKinds.Text("--run", "id", "The run that it is about: where that stands is told too.");

    public NotifyVerb(CliSession session)
        : base(session, "notify", "Send a message to those whom the spec names under notify: webhooks, mail, programs. Good for seeing that they work before a run.")
    {
        _message.Required = true;
        Add(_spec);
        Add(_message);
        Add(_name);
        Add(_event);
        Add(_run);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "notify migration.yaml --message 'a test before tonight'",
        "notify migration.yaml --name team,on-call --event hold --run shop-v2-to-v3-20250301-101500-a1b2 --message 'waiting for the db team'",
    ];

    public override (string Zero, string? One) Outcomes => ("Every receiver took it.", null);

    protected override async Task<int> ExecuteAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var host = call.CreateHost();
        var request = new NotificationRequest(call.Parsed.GetValue(_message) ?? "")
        {
            Names = OptionKinds.Parts(call.Parsed.GetValue(_name)),
            Event = EventOf(call.Parsed.GetValue(_event)),
            RunId = call.Parsed.GetValue(_run),
        };
        var results = new List<NotificationResult>();
        await foreach (var result in host.NotifyAsync(host.ReadSpec(call.Parsed.GetRequiredValue(_spec)), request, cancellationToken))
        {
            results.Add(result);
            call.Results.Item(result);
        }

        var verdict = Verdicts.Combine(results.Select(result => result.Verdict));
        call.Results.Whole(new { verdict, notifications = results });
        call.Results.Text(console =>
        {
            var table = new TextTable().Name("Name").Name("Kind").Name("Verdict").Number("Time").Column("What was answered");
            foreach (var result in results)
            {
                table.Row(result.Name, result.Kind, result.Verdict, Quantity.Duration(TimeSpan.FromMilliseconds(result.DurationMs)), result.Message);
            }

            table.Write(console);
        });
        return ExitCodes.Of(verdict);
    }

    private static NotificationEvent? EventOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var names = Enum.GetNames<NotificationEvent>().Select(name => name.ToLowerInvariant()).ToList();
        if (names.Contains(text.ToLowerInvariant(), StringComparer.Ordinal))
        {
            return Enum.Parse<NotificationEvent>(text, ignoreCase: true);
        }

        var meant = NearestName.Find(text, names) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
        throw new InvalidRequestException($"There is no event '{text}'{meant} Events: {string.Join(", ", names)}.");
    }
}
