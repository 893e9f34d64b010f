using System.Diagnostics;

namespace MigrationTools.Cli.Tests.Driving;

/// <summary>The program as a process of its own.</summary>
internal static class ProgramProcess
{
    /// <summary>Runs it to its end.</summary>
    public static async Task<Outcome> RunAsync(string directory, params IReadOnlyList<string> args)
    {
        using var process = Start(directory, args);
        return await EndAsync(process);
    }

    /// <summary>Starts it in a directory.</summary>
    public static Process Start(string directory, IEnumerable<string> args, params IReadOnlyList<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "migrationtools.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>What it has said and its exit code, once it has ended.</summary>
    public static async Task<Outcome> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }
}
