namespace MigrationTools.Databases.Readiness;

/// <summary>Counts why values do not fit a column. Reasons that differ only in their figure, such as a length, are one; the number of reasons is bounded.</summary>
internal sealed class MisfitTally(string column, string serverType, int sampleSize)
{
    private const int MostReasons = 20;
    private const string Rest = "other reasons";

    private readonly Dictionary<string, Entry> _byReason = new(StringComparer.Ordinal);

    public IEnumerable<ColumnMisfit> Misfits =>
        _byReason.Values.OrderByDescending(entry => entry.Count).Select(entry => new ColumnMisfit(column, serverType, entry.Reason, entry.Count, entry.Keys));

    /// <param name="reason">As a converter gave it.</param>
    /// <param name="keyOfRow">Asked only for as many rows as are listed.</param>
    public void Add(string reason, Func<string> keyOfRow)
    {
        var group = WithoutFigure(reason);
        if (!_byReason.TryGetValue(group, out var entry))
        {
            var (name, shown) = _byReason.Count < MostReasons ? (group, reason) : (Rest, Rest);
            if (!_byReason.TryGetValue(name, out entry))
            {
                _byReason.Add(name, entry = new Entry(shown));
            }
        }

        entry.Count++;
        if (entry.Keys.Count < sampleSize)
        {
            entry.Keys.Add(keyOfRow());
        }
    }

    private static string WithoutFigure(string reason)
    {
        var open = reason.EndsWith(')') ? reason.LastIndexOf(" (", StringComparison.Ordinal) : -1;
        return open < 0 ? reason : reason[..open];
    }

    private sealed class Entry(string reason)
    {
        public string Reason => reason;

        public long Count { get; set; }

        public List<string> Keys { get; } = [];
    }
}
