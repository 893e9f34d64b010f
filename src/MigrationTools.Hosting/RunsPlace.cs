using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Hosting;

/// <summary>Where runs are kept: a directory, or a database for hosts without a disk that lasts. Exactly one of them is given.</summary>
public sealed record RunsPlace
{
    /// <summary>The environment variable with a directory or an endpoint, for calls that name neither.</summary>
    public const string Variable = "MIGRATIONTOOLS_RUNS";

    private const string DefaultName = "runs";

    private static readonly string[] DatabaseSchemes = ["sqlite:", "postgresql:", "postgres:"];

    private RunsPlace(string? directory, Endpoint? endpoint)
    {
        Directory = directory;
        Endpoint = endpoint;
    }

    /// <summary>Absolute.</summary>
    public string? Directory { get; }

    public Endpoint? Endpoint { get; }

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">A directory, or the URI of a database such as <c>sqlite:runs.db</c>; null for <see cref="Variable"/>, or <c>runs</c> where that is not set.</param>
    /// <param name="baseDirectory">What relative paths are relative to.</param>
    /// <param name="resolve">Makes a directory's path absolute, where a front end has paths of its own; null to take it from <paramref name="baseDirectory"/>.</param>
    /// <exception cref="EndpointException">It is a URI that can't be understood, or that has a secret written out in it.</exception>
    public static RunsPlace Parse(string? text, string baseDirectory, Func<string, string>? resolve = null)
    {
        var written = text ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : DefaultName);
        if (!IsEndpoint(written))
        {
            return new RunsPlace(resolve?.Invoke(written) ?? Path.GetFullPath(written, Path.GetFullPath(baseDirectory)), null);
        }

        var endpoint = Endpoint.Parse(written, baseDirectory);
        return endpoint.HoldsLiteralSecret
            ? throw new EndpointException(
                $"The place of the runs, {endpoint.Redacted}: a secret on the command line can be read by everyone on this machine. Write ${{env:NAME}} or ${{file:path}} in its place (in single quotes, so that the shell leaves it).")
            : new RunsPlace(null, endpoint);
    }

    /// <summary>The directory, or the redacted endpoint.</summary>
    public override string ToString() => Directory ?? Endpoint!.Redacted;

    // Any other text with a colon in it is a directory: C:\runs is one, and so may be a:b.
    private static bool IsEndpoint(string text) =>
        text.Contains("://", StringComparison.Ordinal) || DatabaseSchemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
}
