using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Metrics;

/// <summary>
/// The trimmed standard output of a program, started without a shell in the spec's directory. An exit code other than 0, a
/// program that is not there and a time limit that passed are errors; a program that says nothing gives no value.
/// </summary>
public sealed class CommandMeasurement(TimeProvider time) : IMeasurement
{
    /// <summary>Characters of output that are kept: a value is one line; a program that writes without end must not fill the memory.</summary>
    private const int KeptCharacters = 64 * 1024;

    public bool Takes(MeasureSpec measure) => measure is CommandMeasureSpec;

    public async Task<MeasuredValue> MeasureAsync(MeasureSpec measure, MigrationSpec spec, CancellationToken cancellationToken)
    {
        var command = (CommandMeasureSpec)measure;
        ArgumentNullException.ThrowIfNull(spec);
        if (command.Arguments.Count == 0)
        {
            throw new MeasurementException("A command measure names no program.");
        }

        var shown = EndpointRedaction.Redact(string.Join(' ', command.Arguments));
        var at = time.GetUtcNow();
        var (exitCode, output, error) = await RunAsync(command, spec.Directory, shown, cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            var said = EndpointRedaction.Redact(error.Trim());
            throw new MeasurementException(
                string.Create(CultureInfo.InvariantCulture, $"'{shown}' ended with exit code {exitCode}{(said.Length > 0 ? $": {Tail(said)}" : " and said nothing on standard error")}."));
        }

        var value = output.Trim();
        return new MeasuredValue(value.Length == 0 ? null : value, new Evidence(shown, value.Length == 0 ? null : value, at));
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(
        CommandMeasureSpec command, string directory, string shown, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(command, directory) };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            throw new MeasurementException($"'{command.Arguments[0]}' could not be started: {missing.Message}. Is the program installed and on the PATH?", missing);
        }

        using var limit = new CancellationTokenSource(command.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);

        // Reading a pipe may not heed the token on every platform; a process that has ended closes it.
        using var ending = either.Token.UnsafeRegister(static started => End((Process)started!), process);
        try
        {
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput, either.Token);
            var error = ReadAsync(process.StandardError, either.Token);
            await Task.WhenAll(output, error, process.WaitForExitAsync(either.Token)).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new MeasurementException(
                string.Create(CultureInfo.InvariantCulture, $"'{shown}' did not end within {command.Timeout.TotalSeconds:0.###} s and was ended."));
        }
        finally
        {
            End(process);
        }
    }

    private static ProcessStartInfo StartInfo(CommandMeasureSpec command, string directory)
    {
        var start = new ProcessStartInfo(command.Arguments[0])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in command.Arguments.Skip(1))
        {
            start.ArgumentList.Add(argument);
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

    private static string Tail(string text) => text.Length <= 500 ? text : string.Concat("…", text.AsSpan(text.Length - 500));
}
