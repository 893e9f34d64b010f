using System.Management.Automation;
using MigrationTools.Databases.Integrity;

namespace MigrationTools.Commands;

/// <summary><c>Measure-DataQuality</c>: null rates, distinct values, bounds and lengths of every column on both sides.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "DataQuality", DefaultParameterSetName = BySpec)]
[OutputType(typeof(ColumnQualityResult))]
public sealed class MeasureDataQualityCommand : DataCommand
{
    protected override void ProcessRecord() =>
        Run(Input, (pipe, token) => pipe.EmitAsync(Engine.MeasureQualityAsync(Request(), pipe.Observer, token), token));
}
