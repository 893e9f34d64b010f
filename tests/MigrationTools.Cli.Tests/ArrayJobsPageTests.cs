using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Tests.Pages;

namespace MigrationTools.Cli.Tests;

/// <summary>The commands of docs/array-jobs.md, in their order, by a shell, in a copy of the sample.</summary>
public sealed class ArrayJobsPageTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_commands_work_in_the_order_in_which_they_stand()
    {
        Shell.CopySample(_place);
        Directory.CreateDirectory(_place["scripts/array-jobs"]);
        File.Copy(Path.Combine(Documents.Root, "scripts/array-jobs/slurm.sbatch"), _place["scripts/array-jobs/slurm.sbatch"]);
        var samples = Documents.Samples("array-jobs.md", "sh");

        samples.Count.ShouldBeGreaterThan(3);
        foreach (var sample in samples)
        {
            var result = await Shell.RunAsync(_place, "set -e\n" + sample);
            result.Code.ShouldBe(0, $"{sample}: {result.Out} {result.Error}");
        }
    }
}
