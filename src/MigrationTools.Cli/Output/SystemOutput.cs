using MigrationTools.Cli.CommandLine;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Output;

/// <summary>A system in a result that is about several.</summary>
internal sealed record SystemOutput(string? Name, Verdict Verdict, string Source, string Target)
{
    public static SystemOutput Of(DataScope scope, IEnumerable<Verdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new SystemOutput(scope.System, Verdicts.Combine(verdicts), scope.Source, scope.Target);
    }
}
