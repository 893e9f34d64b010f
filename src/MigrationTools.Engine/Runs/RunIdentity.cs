using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Runs;

/// <summary>What every store of runs holds to: how a run is named, who owns it, and that a spec has one unfinished run at most.</summary>
public static class RunIdentity
{
    /// <summary>Such as <c>shop-20250301-101500-a1b2</c>: the spec, the moment in UTC, and four digits that tell two of one second apart.</summary>
    public static string NewId(MigrationSpec spec, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(time);
        return string.Create(CultureInfo.InvariantCulture, $"{spec.Id}-{time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
    }

    /// <summary>A run id is a name, never a path: '..' or a separator would reach out of the directory of runs.</summary>
    /// <exception cref="RunNotFoundException">It is none.</exception>
    public static void EnsureIsName(string runId)
    {
        ArgumentNullException.ThrowIfNull(runId);
        if (runId.Length == 0 || runId is "." or ".." || runId.IndexOfAny(['/', '\\', '\0']) >= 0)
        {
            throw new RunNotFoundException($"'{runId}' is not the id of a run.");
        }
    }

    /// <summary>The error for an id that a store does not know.</summary>
    /// <param name="runId">The id.</param>
    /// <param name="place">The store, as people know it.</param>
    /// <param name="known">The runs that are there, newest first.</param>
    public static RunNotFoundException NotFound(string runId, string place, IReadOnlyList<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return new RunNotFoundException(
            $"No run '{runId}' in {place}. " + (known.Count == 0 ? "There are no runs there." : $"There are: {string.Join(", ", known.Take(5))}{(known.Count > 5 ? ", …" : "")}."));
    }

    /// <exception cref="RunOwnedException">The given run is one of the spec's and not finished.</exception>
    public static void RefuseSecond(MigrationSpec spec, RunState other)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(other);
        if (other.Plan.SpecId == spec.Id && !other.IsFinal)
        {
            throw new RunOwnedException(
                $"Run '{other.RunId}' of the spec '{spec.Id}' is not finished ({other.Status}: {other.Message}). "
                + (other.Status == RunStatus.Running ? "Wait for it." : $"Resume it (resume {other.RunId}) or roll it back (rollback {other.RunId}) first."));
        }
    }

    /// <summary>The data of <see cref="JournalKinds.Owned"/> for this process.</summary>
    /// <param name="tornBytes">How much of the journal's end was cut off, for it was half written.</param>
    public static JsonObject Owner(long tornBytes) => new()
    {
        ["process"] = Environment.ProcessId,
        ["host"] = Environment.MachineName,
        ["tornBytes"] = tornBytes,
    };
}
