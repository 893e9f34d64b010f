using System.Globalization;

namespace MigrationTools.Engine.Metrics.Windows.LoadTests;

/// <summary>Adds up the samples that are of the label and of the time in question.</summary>
internal sealed class JMeterTally(string? label, DateTimeOffset since, DateTimeOffset to)
{
    private readonly List<double> _latencies = [];
    private long _errors;
    private DateTimeOffset? _firstErrorAt;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    /// <summary>Samples in the file, also those that do not count.</summary>
    public long Seen { get; private set; }

    /// <param name="timeStamp">Milliseconds since 1970.</param>
    /// <param name="elapsed">Milliseconds.</param>
    /// <param name="name">The sample's label.</param>
    /// <param name="success">true or false.</param>
    public void Add(string? timeStamp, string? elapsed, string? name, string? success)
    {
        Seen++;
        if (!long.TryParse(timeStamp, NumberStyles.None, CultureInfo.InvariantCulture, out var stamp)
            || !double.TryParse(elapsed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)
            || !bool.TryParse(success, out var succeeded)
            || stamp > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            throw new FormatException($"a sample has the time stamp '{timeStamp}', the time '{elapsed}' and the success '{success}'");
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(stamp);
        if (at < since || at > to || (label is not null && name != label))
        {
            return;
        }

        _first = _first is { } first && first < at ? first : at;
        _last = _last is { } last && last > at ? last : at;
        if (succeeded)
        {
            _latencies.Add(milliseconds);
            return;
        }

        _errors++;
        var ended = at.AddMilliseconds(milliseconds);
        _firstErrorAt = _firstErrorAt is { } earlier && earlier < ended ? earlier : ended;
    }

    public LoadTestResult ToResult()
    {
        var requests = _errors + _latencies.Count;
        return requests == 0
            ? LoadTestResult.None($"of {Seen} samples in the file none is {(label is null ? "" : $"labelled '{label}' and ")}of this time")
            : new LoadTestResult(requests, _errors, RequestFigures.Of(requests, _errors, _last!.Value - _first!.Value, _latencies)) { Latencies = _latencies, FirstErrorAt = _firstErrorAt };
    }
}
