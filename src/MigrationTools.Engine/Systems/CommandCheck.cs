using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Systems;

/// <summary>What a command system's look said, as a check.</summary>
internal static class CommandCheck
{
    public static CheckResult Of(CommandSystemSpec system, Verdict verdict, string said, Expectation? expected, Evidence evidence) => new()
    {
        Id = $"command:{system.Name}",
        Name = $"{system.Name} stands where it should",
        System = system.Name,
        Category = "command",
        Verdict = verdict,
        Message = $"its look says '{said}'{(expected is null ? "" : $", expected {expected}")}",
        Remedy = verdict == Verdict.Passed ? null : $"Find out why '{string.Join(' ', system.Look)}' does not say what it should, and mend it.",
        Evidence = [evidence with { Expected = expected?.ToString() }],
    };
}
