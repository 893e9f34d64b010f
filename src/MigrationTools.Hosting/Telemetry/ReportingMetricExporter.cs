using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>Sends metrics, and says where that failed.</summary>
internal sealed class ReportingMetricExporter(OtlpExporterOptions options, Action failed) : OtlpMetricExporter(options)
{
    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var result = base.Export(metrics);
        if (result != ExportResult.Success)
        {
            failed();
        }

        return result;
    }
}
