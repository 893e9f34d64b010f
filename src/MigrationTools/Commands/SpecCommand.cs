using System.Management.Automation;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Commands;

/// <summary>A cmdlet that takes a spec, from the pipeline or by its file.</summary>
public abstract class SpecCommand : ConnectingCommand
{
    private protected const string ByObject = "Spec";
    private protected const string ByPath = "Path";

    /// <summary><b>-Spec:</b> a spec from Import-MigrationSpec.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ValidateNotNull]
    public MigrationSpec? Spec { get; set; }

    /// <summary><b>-Path:</b> the spec's file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    private protected object Input => (object?)Path ?? Spec!;

    private protected MigrationSpec ReadSpec() => Path is null ? Spec! : Engine.ReadSpec(Resolve(Path));
}
