using System.Diagnostics;
using System.Globalization;

namespace MigrationTools.Hosting.Tests;

/// <summary>The command line as a process of its own, to be killed for real.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly Task<string> _output;

    private CommandLine(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public static CommandLine Start(Workbench bench, params string[] arguments) => Start(bench, new Dictionary<string, string?>(), arguments);

    /// <param name="bench">Where it works.</param>
    /// <param name="variables">Variables of its environment beside those of this process; null takes one away.</param>
    /// <param name="arguments">The verb and what belongs to it.</param>
    public static CommandLine Start(Workbench bench, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = bench.Directory,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in new[] { "exec", Program }.Concat(arguments).Concat(["--runs", bench.Runs]))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new CommandLine(process);
    }

    /// <summary>The program, for <c>dotnet exec</c>.</summary>
    // From its own output: beside these tests lie only the assemblies that the sample's web framework does not bring.
    public static string Program
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(Workbench.RepositoryRoot, "src", "MigrationTools.Cli", "bin", output.Parent!.Name, output.Name, "migrationtools.dll");
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What Ctrl+C sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
