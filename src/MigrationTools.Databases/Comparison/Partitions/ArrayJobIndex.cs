using System.Globalization;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Which partition a worker is, by the variable that its scheduler sets for each member of an array.</summary>
public static class ArrayJobIndex
{
    /// <summary>Kubernetes (Job with completionMode Indexed), AWS Batch (array jobs), Slurm (sbatch --array). All of them can count from 0.</summary>
    public static IReadOnlyList<string> Variables { get; } = ["JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "SLURM_ARRAY_TASK_ID"];

    /// <param name="plan">The plan that has the partition.</param>
    /// <param name="variable">The value of a variable of the environment; null where it is not set.</param>
    /// <exception cref="InvalidRequestException">None is set, one is no whole number, several differ, or the plan has no such partition.</exception>
    public static int Find(ComparisonPlan plan, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(variable);
        var set = Variables.Select(name => (Name: name, Value: variable(name))).Where(entry => !string.IsNullOrWhiteSpace(entry.Value)).ToList();
        if (set.Count == 0)
        {
            throw new InvalidRequestException($"Which partition? Give --partition, 0 to {plan.Partitions.Count - 1}, or run it where one of {string.Join(", ", Variables)} is set.");
        }

        if (set.Select(entry => entry.Value!.Trim()).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw new InvalidRequestException($"Which partition? {string.Join(" and ", set.Select(entry => $"{entry.Name}={entry.Value}"))} do not agree. Give --partition.");
        }

        var (first, value) = (set[0].Name, set[0].Value!.Trim());
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw new InvalidRequestException($"{first} is '{value}', and must be a whole number from 0 on.");
        }

        return index < plan.Partitions.Count
            ? index
            : throw new InvalidRequestException($"{first} is {index}, and the plan has partitions 0 to {plan.Partitions.Count - 1}: an array for it has the indexes 0-{plan.Partitions.Count - 1}.");
    }
}
