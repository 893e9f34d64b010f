namespace MigrationTools.Databases.Postgres;

/// <summary>
/// Chooses in which order columns are chained, so that no function's weakness meets another's. Weak are those of numbers and floats: for 0 or NaN they give their
/// seed back, or one less (PostgreSQL's hash_numeric_extended and hashfloat8extended, PostgreSQL 15). After each of them the hash is mixed by a function that does so
/// whatever it hashes, and so it is at the end: what two rows' hashes differ by must not cancel out in a sum. A whole number's own function folds it, so that it goes
/// into the seed too; only into one that is mixed, for it could undo what a flag or a weak function did there. Between two other columns it goes into the seed alone,
/// which is cheaper by a function.
/// </summary>
internal static class PostgresHashOrder
{
    /// <summary>What to do, from the first seed to the row's hash. Booleans are flags in that seed.</summary>
    /// <param name="forms">Of each column.</param>
    public static IReadOnlyList<PostgresHashLink> Of(IReadOnlyList<PostgresHashForm> forms)
    {
        ArgumentNullException.ThrowIfNull(forms);
        var numbers = Places(forms, form => form is PostgresHashForm.Number or PostgresHashForm.AnyNumber);
        var floats = Places(forms, form => form is PostgresHashForm.Float);
        var wholes = Places(forms, form => form is PostgresHashForm.Whole);
        var others = Places(forms, form => form is not (PostgresHashForm.Number or PostgresHashForm.AnyNumber or PostgresHashForm.Float or PostgresHashForm.Whole or PostgresHashForm.Truth));
        var afterWeak = numbers.Count + (floats.Count > 0 ? 1 : 0);
        var folded = new Queue<int>(wholes.Take(Math.Max(0, others.Count - Math.Max(afterWeak, 1))));
        var hashed = wholes.Skip(folded.Count);
        var mixing = new Queue<int>(others);
        var links = new List<PostgresHashLink>();
        foreach (var number in numbers)
        {
            links.Add(Hash(number));
            links.Add(Mix(mixing));
        }

        foreach (var (column, place) in floats.Select((column, place) => (column, place)))
        {
            if (place > 0)
            {
                links.Add(new PostgresHashLink(PostgresHashLinkKind.Step, column));
            }

            links.Add(Hash(column));
        }

        if (floats.Count > 0 || links.Count == 0)
        {
            links.Add(Mix(mixing));
        }

        while (mixing.TryDequeue(out var column))
        {
            if (folded.TryDequeue(out var whole))
            {
                links.Add(new PostgresHashLink(PostgresHashLinkKind.Fold, whole));
            }

            links.Add(Hash(column));
        }

        links.AddRange(hashed.Select(Hash));
        return links;
    }

    private static PostgresHashLink Hash(int column) => new(PostgresHashLinkKind.Hash, column);

    private static PostgresHashLink Mix(Queue<int> mixing) =>
        mixing.TryDequeue(out var column) ? Hash(column) : new PostgresHashLink(PostgresHashLinkKind.Mix, -1);

    private static List<int> Places(IReadOnlyList<PostgresHashForm> forms, Func<PostgresHashForm, bool> isWanted) =>
        [.. Enumerable.Range(0, forms.Count).Where(place => isWanted(forms[place]))];
}
