using System.Diagnostics;
using MigrationTools.Tests.Pages;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Cli.Tests.Driving;

/// <summary>Commands of a page as a reader types them: by a Unix shell, in a copy of the sample, with the built program for what a page calls it.</summary>
internal static class Shell
{
    public static void CopySample(Workplace place)
    {
        var sample = Path.Combine(Documents.Root, "samples", "shop");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith("shop-v3", StringComparison.Ordinal)))
        {
            var copy = place[Path.Combine("samples/shop", Path.GetRelativePath(sample, file))];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public static async Task<Outcome> RunAsync(Workplace place, string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the pages' commands are a Unix shell's");

        // A program of that name, for scripts that call it too.
        var bin = place["bin"];
        Directory.CreateDirectory(bin);
        var program = Path.Combine(bin, "migrationtools");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "migrationtools.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = place.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command.Replace("dotnet run --project src/MigrationTools.Cli --", "migrationtools", StringComparison.Ordinal));
        start.Environment["PATH"] = $"{bin}:{start.Environment["PATH"]}";
        start.Environment["PGPASSWORD"] = PostgresCluster.Password;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }
}
