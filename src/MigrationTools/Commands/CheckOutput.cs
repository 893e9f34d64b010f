using MigrationTools.Engine.Checks;

namespace MigrationTools.Commands;

/// <summary>What Test-* cmdlets emit: their results as they come, or with -Quiet one truth value.</summary>
internal static class CheckOutput
{
    /// <summary>Emits checks, or whether the required ones among them passed.</summary>
    public static Task EmitAsync(CommandPipe pipe, IAsyncEnumerable<CheckResult> checks, bool quiet, CancellationToken cancellationToken) =>
        EmitAsync(pipe, checks, check => check.Required ? check.Verdict : Verdict.Skipped, quiet, cancellationToken);

    /// <summary>Emits results, or whether their verdicts combine to one that lets a run pass; nothing to combine does not.</summary>
    public static async Task EmitAsync<T>(
        CommandPipe pipe, IAsyncEnumerable<T> results, Func<T, Verdict> verdictOf, bool quiet, CancellationToken cancellationToken)
        where T : notnull
    {
        var verdicts = new List<Verdict>();
        await foreach (var result in results.WithCancellation(cancellationToken))
        {
            verdicts.Add(verdictOf(result));
            if (!quiet)
            {
                pipe.Emit(result);
            }
        }

        if (quiet)
        {
            pipe.Emit(Verdicts.Combine(verdicts).LetsPass());
        }
    }
}
