using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MigrationTools.Engine.Metrics;

/// <summary>Runs programs: no shell, no input, both outputs read side by side, and nothing left running behind.</summary>
public sealed class ProgramRunner(TimeProvider time)
{
    /// <summary>Characters of each output that are kept: a program that writes without end must not fill the memory.</summary>
    public const int KeptCharacters = 64 * 1024;

    /// <summary>Runs to the end. On cancellation and when the time is over the program and all that it started are ended.</summary>
    public async Task<ProgramOutcome> RunAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        cancellationToken.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = StartInfo(call) };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            return new ProgramOutcome(ProgramEnd.NotStarted, 0, "", missing.Message);
        }

        using var limit = new CancellationTokenSource(call.Timeout ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);

        // Reading a pipe may not heed the token on every platform; a process that has ended closes it.
        using var ending = either.Token.UnsafeRegister(static started => End((Process)started!), process);
        try
        {
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput, either.Token);
            var error = ReadAsync(process.StandardError, either.Token);
            await Task.WhenAll(output, error, process.WaitForExitAsync(either.Token)).ConfigureAwait(false);
            return new ProgramOutcome(ProgramEnd.Exited, process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProgramOutcome(ProgramEnd.TimedOut, 0, "", "");
        }
        finally
        {
            End(process);
        }
    }

    private static ProcessStartInfo StartInfo(ProgramCall call)
    {
        var start = new ProcessStartInfo(call.Arguments[0])
        {
            WorkingDirectory = call.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in call.Arguments.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in call.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, KeptCharacters - kept.Length));
        }

        return kept.ToString();
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended between the question and the kill.
        }
        catch (Win32Exception)
        {
            // It is ending already.
        }
    }
}
