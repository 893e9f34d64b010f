namespace MigrationTools.Benchmarks;

/// <summary>What one run of a comparison took and said.</summary>
internal sealed record CompareRun(double Seconds, double PeakMegabytes, string Verdict, string Method, long Differences)
{
    /// <summary>A figure of a wrong result is no figure.</summary>
    public CompareRun Expect(string method, long differences) => Method == method && Differences == differences && Verdict == (differences == 0 ? "Passed" : "Failed")
        ? this
        : throw new InvalidOperationException($"{Verdict} by {Method} with {Differences} differences, instead of {differences} by {method}.");
}
