using System.Management.Automation;
using MigrationTools.Databases.Integrity;

namespace MigrationTools.Commands;

/// <summary><c>Compare-RecordCount</c>: counts the rows of both sides, exactly.</summary>
[Cmdlet(VerbsData.Compare, "RecordCount", DefaultParameterSetName = BySpec)]
[OutputType(typeof(RecordCountResult))]
public sealed class CompareRecordCountCommand : DataCommand
{
    protected override void ProcessRecord() =>
        Run(Input, (pipe, token) => pipe.EmitAsync(Engine.CountAsync(Request(), pipe.Observer, token), token));
}
