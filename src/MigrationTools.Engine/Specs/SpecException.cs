namespace MigrationTools.Engine.Specs;

/// <summary>A spec can't be read or has mistakes; the message lists every one of them.</summary>
public sealed class SpecException : MigrationToolsException
{
    public SpecException(IReadOnlyList<SpecMistake> mistakes, Exception? innerException = null)
        : base(ErrorIds.SpecInvalid, string.Join(Environment.NewLine, mistakes.Select(mistake => mistake.ToString())), innerException) =>
        Mistakes = mistakes;

    /// <summary>In order of file, line and column.</summary>
    public IReadOnlyList<SpecMistake> Mistakes { get; }
}
