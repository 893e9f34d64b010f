using System.Management.Automation;
using MigrationTools.Completion;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Hosting.Notifications;

namespace MigrationTools.Commands;

/// <summary><c>Send-MigrationNotification</c>: sends a message to those whom a spec names.</summary>
[Cmdlet(VerbsCommunications.Send, "MigrationNotification", DefaultParameterSetName = BySpec, SupportsShouldProcess = true)]
[OutputType(typeof(NotificationResult))]
public sealed class SendMigrationNotificationCommand : HostCommand
{
    private const string BySpec = "Spec";
    private const string ByPath = "Path";

    /// <summary><b>-Spec:</b> a spec from Import-MigrationSpec.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = BySpec)]
    [ValidateNotNull]
    public MigrationSpec? Spec { get; set; }

    /// <summary><b>-Path:</b> the spec's file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary><b>-Message:</b> what is told.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Message { get; set; } = "";

    /// <summary><b>-Name:</b> names under the spec's key notify; all where it is not given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NotificationCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary><b>-Event:</b> as what it is told: those who listen to it get it.</summary>
    // A text: PowerShell looks at the fields of cmdlets before the module can say where the engine's types lie.
    [Parameter]
    [ValidateSet("Start", "Gate", "Hold", "Failure", "Rollback", "End")]
    public string? Event { get; set; }

    /// <summary><b>-RunId:</b> the run that it is about.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    protected override void ProcessRecord()
    {
        if (ShouldProcess(Name.Length == 0 ? "everybody whom the spec names" : string.Join(", ", Name), "Send the message"))
        {
            Run((object?)Path ?? Spec!, (pipe, token) =>
            {
                var spec = Path is null ? Spec! : Engine.ReadSpec(Resolve(Path));
                return pipe.EmitAsync(Engine.NotifyAsync(spec, new NotificationRequest(Message) { Names = Name, Event = Event is null ? null : Enum.Parse<NotificationEvent>(Event, ignoreCase: true), RunId = RunId }, token), token);
            });
        }
    }
}
