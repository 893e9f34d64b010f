using System.Management.Automation;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Commands;

/// <summary><c>Import-MigrationSpec</c>: reads specs from YAML or JSON files.</summary>
[Cmdlet(VerbsData.Import, "MigrationSpec")]
[OutputType(typeof(MigrationSpec))]
public sealed class ImportMigrationSpecCommand : HostCommand
{
    /// <summary><b>-Path:</b> files, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var pattern in Path)
        {
            // Without a wildcard a file that is not there is the reader's to report, by name and with what to do.
            var files = WildcardPattern.ContainsWildcardCharacters(pattern)
                ? SessionState.Path.GetResolvedProviderPathFromPSPath(pattern, out _).ToList()
                : [Resolve(pattern)];
            foreach (var file in files)
            {
                Run(file, (pipe, _) =>
                {
                    pipe.Emit(Engine.ReadSpec(file));
                    return Task.CompletedTask;
                });
            }
        }
    }
}
