using MigrationTools.Engine;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using Serilog;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Json;

namespace MigrationTools.Hosting.Logging;

/// <summary>Writes <c>log.jsonl</c> in the run's directory: one JSON object a line, with the run's and the step's id on each.</summary>
public sealed class SerilogRunLog : IRunLog
{
    public IRunLogObserver Attach(string runId, string runDirectory, IOperationObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var file = Path.Combine(runDirectory, "log.jsonl");
        // Created here, and private, before the sink opens it with whatever mode the process has.
        using (new FileStream(file, PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)))
        {
        }

        var serilog = new LoggerConfiguration()
            .MinimumLevel.Debug()
            .Enrich.FromLogContext()
            .Enrich.WithProperty("RunId", runId)
            .WriteTo.File(new JsonFormatter(renderMessage: true), file, shared: false, rollOnFileSizeLimit: false, fileSizeLimitBytes: null)
            .CreateLogger();
        return new RunLogObserver(observer, new SerilogLoggerProvider(serilog, dispose: true));
    }
}
