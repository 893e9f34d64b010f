namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>
/// What the values of a column are, as far as order and equality on their server go. Figures of two columns mean the same only
/// where both are of one form that is <see cref="Comparable"/>.
/// </summary>
/// <param name="Name">As people read it.</param>
/// <param name="Comparable">False where the server orders and tells apart something else than the meaning, such as dates kept as text.</param>
internal sealed record ValueForm(string Name, bool Comparable)
{
    public static ValueForm Number { get; } = new("numbers", true);

    public static ValueForm Text { get; } = new("text", true);

    public static ValueForm Bytes { get; } = new("bytes", true);

    /// <summary>No values: goes with every form.</summary>
    public static ValueForm None { get; } = new("no values", true);

    public bool MeansTheSameAs(ValueForm other) => (this == None || other == None || Name == other.Name) && Comparable && other.Comparable;
}
