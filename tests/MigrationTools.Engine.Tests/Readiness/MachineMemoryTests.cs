using MigrationTools.Engine.Readiness;

namespace MigrationTools.Engine.Tests.Readiness;

public sealed class MachineMemoryTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-memory").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void This_machine_says_what_is_available()
    {
        var (bytes, evidence) = MachineMemory.Look(TimeProvider.System);

        bytes.ShouldNotBeNull().ShouldBeGreaterThan(0);
        evidence.Observed.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Without_a_limit_it_is_what_the_kernel_calls_available() =>
        MachineMemory.OfLinux(MemInfo("1000"), _directory).Bytes.ShouldBe(1000 * 1024);

    [Fact]
    public void A_containers_limit_counts_where_it_leaves_less()
    {
        Write("memory.max", "500000\n");
        Write("memory.current", "400000\n");
        Write("memory.stat", "anon 1\ninactive_file 30000\n");

        MachineMemory.OfLinux(MemInfo("1000"), _directory).Bytes.ShouldBe(130_000);
    }

    [Fact]
    public void A_container_without_a_limit_leaves_the_machines_figure()
    {
        Write("memory.max", "max\n");
        Write("memory.current", "400000\n");

        MachineMemory.OfLinux(MemInfo("1000"), _directory).Bytes.ShouldBe(1000 * 1024);
    }

    [Fact]
    public void A_machine_that_says_nothing_gives_no_figure() =>
        MachineMemory.OfLinux(Path.Combine(_directory, "none"), _directory).Bytes.ShouldBeNull();

    private string MemInfo(string available) => Write("meminfo", $"MemTotal: 9999 kB\nMemAvailable:   {available} kB\n");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }
}
