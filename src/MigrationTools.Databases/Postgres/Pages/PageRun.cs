namespace MigrationTools.Databases.Postgres.Pages;

/// <summary>The rows from one place of a table up to another, without that.</summary>
internal readonly record struct PageRun(RowPlace Since, RowPlace Until)
{
    /// <summary>The number of a run among <see cref="Rows"/>, from 1.</summary>
    public const string Place = "\"run of pages\".place";

    /// <summary>The conditions for a row to lie in a run of <see cref="Rows"/>.</summary>
    public static readonly string[] Conditions = ["ctid >= \"run of pages\".since", "ctid < \"run of pages\".until"];

    /// <summary>Runs as rows, under a name that no table has by chance.</summary>
    public static string Rows(IReadOnlyList<PageRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        string Array(Func<PageRun, RowPlace> place) => "'{" + string.Join(',', runs.Select(run => $"\"{place(run)}\"")) + "}'::tid[]";
        return $"unnest({Array(run => run.Since)}, {Array(run => run.Until)}) WITH ORDINALITY AS \"run of pages\" (since, until, place)";
    }

    /// <summary>Runs that end where the next begins, from a table's first row to its last, cut at some of the places: those that lie in their order.</summary>
    public static List<PageRun> Cut(IReadOnlyList<RowPlace> places)
    {
        var cuts = RisingPlaces.Of(places);
        var runs = new List<PageRun>(cuts.Count + 1);
        var since = RowPlace.First;
        foreach (var cut in cuts.Where(cut => cut.CompareTo(RowPlace.First) > 0))
        {
            runs.Add(new PageRun(since, cut));
            since = cut;
        }

        runs.Add(new PageRun(since, RowPlace.End));
        return runs;
    }
}
