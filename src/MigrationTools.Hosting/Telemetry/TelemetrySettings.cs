namespace MigrationTools.Hosting.Telemetry;

/// <summary>Where telemetry goes, by the environment variables of OpenTelemetry's specification and the one for the metrics file.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>The metrics file, where a call does not name it.</summary>
    public const string MetricsFileVariable = "MIGRATIONTOOLS_METRICS_FILE";

    /// <summary>Where and how spans are sent; null where they are not.</summary>
    public OtlpSignal? Traces { get; init; }

    /// <summary>Where and how metrics are sent; null where they are not.</summary>
    public OtlpSignal? Metrics { get; init; }

    /// <summary>Absolute path of the metrics file; null for none.</summary>
    public string? MetricsFile { get; init; }

    /// <summary>Whether there is anything to tell anybody.</summary>
    public bool IsWanted => Traces is not null || Metrics is not null || MetricsFile is not null;

    /// <summary>Reads the environment.</summary>
    /// <param name="metricsFile">As the call has it; null for what the environment says.</param>
    /// <param name="environment">Gives a variable's value.</param>
    public static TelemetrySettings Read(string? metricsFile, Func<string, string?> environment)
    {
        var file = metricsFile ?? Text(environment, MetricsFileVariable);
        var isDisabled = string.Equals(Text(environment, "OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        return new TelemetrySettings
        {
            Traces = isDisabled ? null : OtlpSignal.Read("TRACES", environment),
            Metrics = isDisabled ? null : OtlpSignal.Read("METRICS", environment),
            MetricsFile = file is null ? null : Path.GetFullPath(file),
        };
    }

    /// <summary>A variable's value; null where it is not set or empty, which the specification takes for the same.</summary>
    internal static string? Text(Func<string, string?> environment, string name) => environment(name)?.Trim() is { Length: > 0 } text ? text : null;
}
