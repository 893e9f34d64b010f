using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.HaProxy;

/// <summary>
/// One question a connection to HAProxy's runtime API, which answers and closes (management.txt, section 9.3: the non-interactive mode). Each has a time
/// limit, and an answer a length, so that whatever listens there can't hold a run up.
/// </summary>
internal sealed class HaProxySocket(Endpoint endpoint, HaProxyAddress address, TimeSpan limit, TimeProvider time)
{
    // A backend of ten thousand servers is some 4 MB.
    private const int LongestAnswer = 64 * 1024 * 1024;

    /// <summary>The answer, without the blank lines at its end.</summary>
    /// <exception cref="TrafficException">Nobody listens, the socket may not be opened, the time is over, or this login may not ask that.</exception>
    public async Task<string> AskAsync(string command, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var answer = (await ExchangeAsync(command, either.Token).ConfigureAwait(false)).TrimEnd();
            return answer.StartsWith("Permission denied", StringComparison.Ordinal) ? throw Denied(command) : answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new TrafficException(
                $"HAProxy at {endpoint} gave no whole answer to '{command}' within {seconds} s. Is it overloaded, or does something else listen there?");
        }
        catch (Exception failed) when (failed is SocketException or IOException)
        {
            throw new TrafficException($"HAProxy at {endpoint} can't be asked '{command}': {Why(failed)}", failed);
        }
    }

    private async Task<string> ExchangeAsync(string command, CancellationToken cancellationToken)
    {
        using var socket = address.File is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(address.Family, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(address.Point, cancellationToken).ConfigureAwait(false);
        var stream = new NetworkStream(socket);
        await using var dispose = stream.ConfigureAwait(false);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\n"), cancellationToken).ConfigureAwait(false);

        using var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            answer.Write(buffer, 0, read);
            if (answer.Length > LongestAnswer)
            {
                throw new TrafficException($"What listens at {endpoint} answers '{command}' without end; an HAProxy does not.");
            }
        }

        return Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
    }

    private TrafficException Denied(string command) => new(
        $"HAProxy at {endpoint} refused '{command}': permission denied. Its 'stats socket' line gives this socket a lower level; weights and states need 'level admin'.");

    private string Why(Exception failed)
    {
        var code = (failed as SocketException ?? failed.InnerException as SocketException)?.SocketErrorCode;
        if (address.File is not { } file)
        {
            return $"{failed.Message.TrimEnd('.')}. Is it running, and has it a 'stats socket' at that address?";
        }

        if (code == SocketError.AccessDenied)
        {
            return "this user may not open the socket. Its 'stats socket' line sets who may (user, group, mode).";
        }

        return File.Exists(file)
            ? $"nobody listens on the socket ({failed.Message.TrimEnd('.')}). Is it running?"
            : "there is no such socket. Is it running, and is that the path of its 'stats socket' line?";
    }
}
