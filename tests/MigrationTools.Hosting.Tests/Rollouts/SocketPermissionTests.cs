using System.Diagnostics;
using MigrationTools.Tests.Routers;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>A router's socket that is there and may not be opened, as a user who is not root meets it: with the command line run as nobody.</summary>
public sealed class SocketPermissionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_socket_that_this_user_may_not_open_is_told_as_such_with_who_decides_it()
    {
        var setpriv = RouterProcess.Find("setpriv");
        if (setpriv is null || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("only root can run a program as somebody else, and setpriv is needed for it");
        }

        await using var router = await HaProxyInstance.StartShopAsync(RouterProcess.FreePort(), RouterProcess.FreePort());
        string[] ask = ["traffic", "show", "--router", "haproxy", "--endpoint", $"unix:{router.Socket}", "--backend", "shop", "--source", "blue", "--target", "green"];

        var asRoot = await RunAsync(["dotnet", "exec", CommandLine.Program, .. ask]);
        string[] nobody = [setpriv, "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"];
        var readable = await RunAsync([.. nobody, "test", "-r", CommandLine.Program]);
        if (readable.ExitCode != 0)
        {
            Assert.Skip($"the user nobody may not read {CommandLine.Program}");
        }

        var refused = await RunAsync([.. nobody, "dotnet", "exec", CommandLine.Program, .. ask]);

        asRoot.ExitCode.ShouldBe(0, asRoot.Error);
        refused.ExitCode.ShouldBe(3, refused.Error);
        refused.Error.ShouldContain($"HAProxy at unix:{router.Socket} can't be asked");
        refused.Error.ShouldContain("this user may not open the socket");
        refused.Error.ShouldContain("'stats socket' line sets who may (user, group, mode)");
        TestContext.Current.SendDiagnosticMessage($"as nobody: {refused.Error.Trim()}");
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/" };
        start.Environment["HOME"] = "/nonexistent";
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = await process.StandardError.ReadToEndAsync(Token);
        await output;
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, error);
    }
}
