using System.Management.Automation;

namespace MigrationTools.Commands;

/// <summary><c>Export-MigrationReport</c>: writes a run's report.</summary>
[Cmdlet(VerbsData.Export, "MigrationReport")]
[OutputType(typeof(FileInfo))]
public sealed class ExportMigrationReportCommand : RunCommand
{
    /// <summary><b>-Path:</b> the directory to write to; the run's own where it is not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary><b>-Format:</b> html, markdown, json, junit, csv; all where it is not given.</summary>
    [Parameter]
    [ValidateSet("html", "markdown", "json", "junit", "csv")]
    public string[] Format { get; set; } = [];

    protected override void ProcessRecord() => Run(RunId, async (pipe, token) =>
    {
        foreach (var file in await Engine.WriteReportAsync(RunId, Path is null ? null : Resolve(Path), Format, token))
        {
            pipe.Emit(new FileInfo(file));
        }
    });
}
