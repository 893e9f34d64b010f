using System.Text.Json;
using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Resuming;

/// <summary>What stands in a state file, read without changing it: anything may have been given in its place.</summary>
internal sealed class StateContent(OutputFile file)
{
    private const int LongestFirstLine = 1024;
    private const int LongestFile = 1 << 30;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly byte[] Begin = "{\"subject\":\""u8.ToArray();

    private readonly List<(int Number, StateLine Line)> _lines = [];

    /// <summary>Which comparison it is of; null where there is no whole first line.</summary>
    public string? Subject { get; private set; }

    /// <summary>Bytes of the first line.</summary>
    public long FirstLineEnd { get; private set; }

    /// <summary>Bytes of whole lines. What follows is the last line of a process that was killed.</summary>
    public long End { get; private set; }

    /// <summary>When the comparison came to its end; null where it did not.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>What is noted of tables, with the lines' numbers.</summary>
    public IReadOnlyList<(int Number, StateLine Line)> Lines => _lines;

    /// <exception cref="InvalidRequestException">It is no state file, or a line in it is none.</exception>
    public async Task ReadAsync(FileStream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var head = new byte[Math.Min(stream.Length, LongestFirstLine)];
        await stream.ReadExactlyAsync(head, cancellationToken).ConfigureAwait(false);
        var first = Array.IndexOf(head, (byte)'\n');
        if (first < 0 && head.Length < LongestFirstLine && head.AsSpan(0, Math.Min(head.Length, Begin.Length)).SequenceEqual(Begin.AsSpan(0, Math.Min(head.Length, Begin.Length))))
        {
            return;
        }

        Subject = (first < 0 ? null : Parse(head.AsSpan(0, first)))?.Subject
            ?? throw new InvalidRequestException($"The state file '{file.Name}' is none: it does not begin as a comparison's does. It was left as it is. Name another file.");
        if (stream.Length > LongestFile)
        {
            throw new InvalidRequestException($"The state file '{file.Name}' is larger than any that a comparison writes. It was left as it is. Delete it to begin anew.");
        }

        (FirstLineEnd, End) = (first + 1, first + 1);
        stream.Position = FirstLineEnd;
        var rest = new byte[stream.Length - FirstLineEnd];
        await stream.ReadExactlyAsync(rest, cancellationToken).ConfigureAwait(false);
        ReadLines(rest);
    }

    /// <summary>Takes a line in.</summary>
    /// <exception cref="InvalidRequestException">It can't be.</exception>
    public void Check(int number, Action take)
    {
        ArgumentNullException.ThrowIfNull(take);
        try
        {
            take();
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Unreadable(number, e.Message);
        }
    }

    private void ReadLines(ReadOnlySpan<byte> rest)
    {
        for (var number = 2; rest.IndexOf((byte)'\n') is >= 0 and var length; number++, rest = rest[(length + 1)..])
        {
            var line = Parse(rest[..length]) ?? throw Unreadable(number, "it is no line that a comparison writes.");
            if (Ended is not null || line.Subject is not null || line.At == default || line.Ended == (line.Table is not null))
            {
                throw Unreadable(number, "it is none that a comparison writes there.");
            }

            if (line.Ended)
            {
                Ended = line.At;
            }
            else
            {
                _lines.Add((number, line));
            }

            End += length + 1;
        }
    }

    private static StateLine? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<StateLine>(text, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private InvalidRequestException Unreadable(int number, string why) =>
        new($"The state file '{file.Name}', line {number}: {why} It was not written so; the file was left as it is. Delete it to begin anew.");
}
