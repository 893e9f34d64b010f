namespace MigrationTools.Hosting.Telemetry;

/// <summary>The values of one run's metrics, each with the labels that all of them have. Not thread-safe.</summary>
internal sealed class MetricPoints(string run, string spec)
{
    private readonly Dictionary<string, MetricPoint> _points = new(StringComparer.Ordinal);

    public IReadOnlyCollection<MetricPoint> All => _points.Values;

    public void Set(MetricFamily family, double value, params (string Name, string Value)[] labels)
    {
        var point = new MetricPoint(family, [new("run", run), new("spec", spec), .. labels.Select(label => KeyValuePair.Create(label.Name, label.Value))], value);
        _points[KeyOf(family, labels)] = point;
    }

    public void Add(MetricFamily family, double value, params (string Name, string Value)[] labels) =>
        Set(family, value + (_points.TryGetValue(KeyOf(family, labels), out var before) ? before.Value : 0), labels);

    public void Remove(MetricFamily family, params (string Name, string Value)[] labels) => _points.Remove(KeyOf(family, labels));

    /// <summary>Takes away all values of a metric that have a label's value.</summary>
    public void RemoveAll(MetricFamily family, string label, string value)
    {
        foreach (var (key, point) in _points.ToList())
        {
            if (point.Family == family && point.Labels.Any(one => one.Key == label && one.Value == value))
            {
                _points.Remove(key);
            }
        }
    }

    /// <summary>Zero for all values of a metric: what is so now is set after it.</summary>
    public void Clear(MetricFamily family)
    {
        foreach (var (key, point) in _points.ToList())
        {
            if (point.Family == family)
            {
                _points[key] = point with { Value = 0 };
            }
        }
    }

    private static string KeyOf(MetricFamily family, (string Name, string Value)[] labels) =>
        string.Join('\0', labels.SelectMany(label => new[] { label.Name, label.Value }).Prepend(family.Name));
}
