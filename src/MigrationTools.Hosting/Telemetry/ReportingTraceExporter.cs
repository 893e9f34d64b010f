using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>Sends spans, and says where that failed.</summary>
internal sealed class ReportingTraceExporter(OtlpExporterOptions options, Action failed) : OtlpTraceExporter(options)
{
    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        var result = base.Export(activityBatch);
        if (result != ExportResult.Success)
        {
            failed();
        }

        return result;
    }
}
