using System.Diagnostics;
using OpenTelemetry;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>Sends the spans of one source: providers find sources by name, and another host in this process has one of the same name.</summary>
internal sealed class OwnSpanProcessor(ActivitySource source, BaseExporter<Activity> exporter, int queue, int delay, int timeout, int batch)
    : BatchActivityExportProcessor(exporter, queue, delay, timeout, batch)
{
    public override void OnEnd(Activity data)
    {
        if (ReferenceEquals(data.Source, source))
        {
            base.OnEnd(data);
        }
    }
}
