using System.IO.Enumeration;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Readiness;

/// <summary>The checks that a spec skips.</summary>
public static class SkipList
{
    /// <summary>Why the check of that id is skipped, or null where it is not. Wildcards are * and ?, case matters.</summary>
    public static string? ReasonFor(ReadinessSpec readiness, string id)
    {
        ArgumentNullException.ThrowIfNull(readiness);
        foreach (var (pattern, reason) in readiness.Skip)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, id, ignoreCase: false))
            {
                return reason;
            }
        }

        return null;
    }
}
