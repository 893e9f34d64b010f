using OpenTelemetry.Exporter;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>How one signal (traces, metrics) is sent: the variables of its own go before those of all signals ("OpenTelemetry Protocol Exporter" in the specification).</summary>
internal sealed record OtlpSignal
{
    /// <summary>As it was given.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether the endpoint is of this signal alone, and so is used as it stands, without a path for the signal.</summary>
    public bool IsOwnEndpoint { get; init; }

    public string? Headers { get; init; }

    public string? Protocol { get; init; }

    public string? Timeout { get; init; }

    /// <summary>The endpoint without what may be secret in it: user, path and query.</summary>
    public string Redacted => Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Scheme) + uri.Authority.Split('@')[^1] : "(not an address)";

    /// <summary>Reads a signal's variables; null where it has no endpoint, or its exporter is <c>none</c>.</summary>
    public static OtlpSignal? Read(string signal, Func<string, string?> environment)
    {
        string? Text(string name) => TelemetrySettings.Text(environment, name);
        string? Own(string name) => Text($"OTEL_EXPORTER_OTLP_{signal}_{name}") ?? Text($"OTEL_EXPORTER_OTLP_{name}");
        if (Own("ENDPOINT") is not { } endpoint || string.Equals(Text($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return new OtlpSignal
        {
            Endpoint = endpoint,
            IsOwnEndpoint = Text($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is not null,
            Headers = Own("HEADERS"),
            Protocol = Own("PROTOCOL"),
            Timeout = Own("TIMEOUT"),
        };
    }

    /// <summary>What the exporter takes.</summary>
    /// <param name="path">The signal's path below an endpoint of all signals: <c>v1/traces</c>.</param>
    /// <exception cref="FormatException">The endpoint or the protocol is none; the text says which.</exception>
    public OtlpExporterOptions Options(string path)
    {
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw new FormatException("OTEL_EXPORTER_OTLP_ENDPOINT is no http or https address");
        }

        var protocol = Protocol switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,

            // The specification leaves it to us and asks for http/protobuf; a collector's port for gRPC says otherwise.
            null => endpoint.Port == 4317 ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            _ => throw new FormatException($"OTEL_EXPORTER_OTLP_PROTOCOL is '{Protocol}', where 'grpc' and 'http/protobuf' can be sent"),
        };

        // An endpoint that is set here is used as it stands.
        var options = new OtlpExporterOptions
        {
            Protocol = protocol,
            Endpoint = protocol == OtlpExportProtocol.Grpc || IsOwnEndpoint ? endpoint : new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" + path + endpoint.Query),
        };
        if (Headers is not null)
        {
            options.Headers = Headers;
        }

        if (int.TryParse(Timeout, out var milliseconds) && milliseconds > 0)
        {
            options.TimeoutMilliseconds = milliseconds;
        }

        return options;
    }
}
