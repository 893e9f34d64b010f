using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>
/// A file in which a comparison notes what it found equal: whole tables, and stretches of keys of large ones. JSON Lines, each written and flushed as it
/// is known, so that whatever kills the process loses only what was under way. What differed is never noted: it is looked at again. A comparison that
/// came to its end leaves nothing to go on with: whoever compares again wants to know what is so then. Thread-safe.
/// </summary>
internal sealed class ComparisonState : IAsyncDisposable
{
    private readonly OutputFile _place;
    private readonly FileStream _file;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<string, TableState> _tables = new();
    private readonly TimeProvider _time;
    private long _first;
    private long _end;

    private ComparisonState(OutputFile place, FileStream file, TimeProvider time) => (_place, _file, _time) = (place, file, time);

    /// <summary>Opens the options' file, which is made where it is not there.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="pairs">What is compared with what.</param>
    /// <param name="options">With a state file. One of another comparison is refused.</param>
    /// <param name="logger">Told of a file whose comparison had ended.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidRequestException">The file can't be used, holds something else, or is of another comparison; it is as it was.</exception>
    /// <exception cref="OutputFileException">It can't be written.</exception>
    public static async Task<ComparisonState> OpenAsync(
        IDatabase source, IDatabase target, IReadOnlyList<TablePair> pairs, ComparisonOptions options, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        var place = new OutputFile("state file", options.StateFile!);
        OutputFiles.RequireNoneOf([place], "source", source.Endpoint);
        OutputFiles.RequireNoneOf([place], "target", target.Endpoint);
        place.RequireRegular();
        var subject = await ComparisonSubject.OfAsync(source, target, pairs, options, cancellationToken).ConfigureAwait(false);
        var state = new ComparisonState(place, Open(place), time);
        try
        {
            await state.ReadAsync(subject, logger, cancellationToken).ConfigureAwait(false);
            return state;
        }
        catch
        {
            await state.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    /// <summary>What is known of a table.</summary>
    public TableState Of(TablePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return _tables.GetOrAdd(NameOf(pair), name => new TableState(this, name));
    }

    /// <summary>Notes that every table was told: the next comparison with this file begins anew.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        // What is taken away first needs no room, so that a full disk leaves no comparison that seems to be under way.
        _end = _first;
        Cut();
        try
        {
            await WriteAsync(new StateLine { Ended = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (OutputFileException)
        {
            // The mark only lets the next one say why it begins anew; it does so without it too.
        }
    }

    internal Task WriteAsync(StateLine line, CancellationToken cancellationToken) => WriteLineAsync(line with { At = _time.GetUtcNow() }, cancellationToken);

    private static string NameOf(TablePair pair) => $"{pair.SourceName} > {pair.TargetName}";

    private static FileStream Open(OutputFile place)
    {
        try
        {
            // Without a buffer: what can't be written is told by the write, and not again when the file is closed.
            var options = PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            options.BufferSize = 0;
            return new FileStream(place.Place, options);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new InvalidRequestException($"The state file '{place.Name}' can't be made: there is no directory '{Path.GetDirectoryName(Path.GetFullPath(place.Name))}'. Make it, or name another place.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"The state file '{place.Name}' can't be used: {e.Message} One comparison uses it at a time.", e);
        }
    }

    private async Task ReadAsync(string subject, ILogger logger, CancellationToken cancellationToken)
    {
        var content = new StateContent(_place);
        await content.ReadAsync(_file, cancellationToken).ConfigureAwait(false);
        if (content.Subject is null)
        {
            Cut();
            await WriteAsync(new StateLine { Subject = subject }, cancellationToken).ConfigureAwait(false);
            _first = _end;
            return;
        }

        if (content.Subject != subject)
        {
            throw new InvalidRequestException($"The state file '{_place.Name}' is of another comparison: other databases, tables or options. Name another file, or delete it to begin anew.");
        }

        _first = content.FirstLineEnd;
        foreach (var (number, line) in content.Lines)
        {
            content.Check(number, () => _tables.GetOrAdd(line.Table!, name => new TableState(this, name)).Read(line));
        }

        _end = content.Ended is null ? content.End : _first;
        Cut();
        if (content.Ended is { } ended)
        {
            _tables.Clear();
            logger.LogInformation("The comparison of the state file {Path} came to its end at {Ended:u}: all is compared anew", _place.Name, ended);
        }
    }

    private void Cut()
    {
        try
        {
            _file.SetLength(_end);
        }
        catch (IOException error)
        {
            throw OutputFileException.Of(_place, error, "Delete it, and compare again.");
        }
    }

    private async Task WriteLineAsync(StateLine line, CancellationToken cancellationToken)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, StateContent.Json), (byte)'\n'];
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _file.Position = _end;
            await _file.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
            _file.Flush(flushToDisk: true);
            _end += bytes.Length;
        }
        catch (IOException error)
        {
            // A part of a line would be in the way of the next one.
            Cut();
            throw OutputFileException.Of(_place, error, "Make room, and start again with the same file.");
        }
        finally
        {
            _ = _writing.Release();
        }
    }
}
