namespace MigrationTools.Engine.Rollouts.ParallelRun;

/// <summary>
/// Collects what differs between the two sides, and what differs between two answers of the old side to the same request: the latter is noise (times,
/// random ids), wherever and whenever it was seen, and no difference of the sides. This is the idea of Twitter's Diffy.
/// </summary>
internal sealed class AnswerLedger
{
    // Of a service that differs in everything, that is enough to see it.
    private const int MostKept = 10_000;

    private readonly HashSet<(string Path, string Place)> _noise = [];
    private readonly List<(int Request, string Path, string Asked, IReadOnlyList<FieldDifference> Differences)> _suspects = [];
    private long _beyond;

    /// <summary>Requests that all three answers came to.</summary>
    public int Compared { get; private set; }

    /// <summary>Requests to which the old side gave no answer twice: nothing can be said of them.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Places that differ by themselves, with the path that they were seen at.</summary>
    public IEnumerable<string> Noise => _noise.Select(seen => $"{seen.Path} {seen.Place}").Order(StringComparer.Ordinal);

    /// <summary>Takes down the answers to one request.</summary>
    /// <param name="request">Its number.</param>
    /// <param name="path">The path as the spec gives it: noise is known by it.</param>
    /// <param name="asked">The path that was really asked.</param>
    /// <param name="first">The old side's answer.</param>
    /// <param name="again">The old side's answer to the same request once more.</param>
    /// <param name="target">The new side's answer.</param>
    public void Add(int request, string path, string asked, ServiceAnswer first, ServiceAnswer again, ServiceAnswer target)
    {
        if (first.Status is null || again.Status is null)
        {
            Unanswered++;
            return;
        }

        Compared++;
        var source = AnswerFields.Of(first);
        foreach (var difference in Differences(source, AnswerFields.Of(again)))
        {
            _noise.Add((path, AnswerFields.Pattern(difference.Place)));
        }

        var differing = Differences(source, AnswerFields.Of(target));
        if (differing.Count > 0 && _suspects.Count < MostKept)
        {
            _suspects.Add((request, path, asked, differing));
        }
        else if (differing.Count > 0)
        {
            _beyond++;
        }
    }

    /// <summary>The requests whose answers differ by more than noise, in order; asked for at the end, for noise may show late.</summary>
    public IReadOnlyList<AnswerDifference> Find() =>
        [.. _suspects
            .Select(suspect => new AnswerDifference(
                suspect.Request, suspect.Asked, [.. suspect.Differences.Where(difference => !_noise.Contains((suspect.Path, AnswerFields.Pattern(difference.Place))))]))
            .Where(found => found.Fields.Count > 0)];

    /// <summary>Requests that differ beyond those that are kept; they are counted as differing.</summary>
    public long Beyond => _beyond;

    private static List<FieldDifference> Differences(IReadOnlyDictionary<string, string> source, IReadOnlyDictionary<string, string> other) =>
        [.. source.Keys.Union(other.Keys, StringComparer.Ordinal)
            .Select(place => new FieldDifference(place, source.GetValueOrDefault(place), other.GetValueOrDefault(place)))
            .Where(difference => difference.Source != difference.Target)
            .OrderBy(difference => difference.Place, StringComparer.Ordinal)];
}
