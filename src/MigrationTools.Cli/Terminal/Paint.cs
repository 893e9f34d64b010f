using MigrationTools.Engine.Checks;

namespace MigrationTools.Cli.Terminal;

/// <summary>Colours for a stream that takes them; the bare text for one that does not. Nothing is told by colour alone.</summary>
internal sealed class Paint(bool enabled)
{
    private const string Reset = "\u001b[0m";

    public bool Enabled { get; } = enabled;

    public string Good(string text) => In("32", text);

    public string Bad(string text) => In("31", text);

    public string Doubtful(string text) => In("33", text);

    public string Dim(string text) => In("2", text);

    public string Strong(string text) => In("1", text);

    /// <summary>The text in the colour of a verdict.</summary>
    public string As(Verdict verdict, string text) => verdict switch
    {
        Verdict.Passed => Good(text),
        Verdict.Failed or Verdict.Error => Bad(text),
        Verdict.Skipped => Dim(text),
        _ => Doubtful(text),
    };

    private string In(string code, string text) => Enabled ? $"\u001b[{code}m{text}{Reset}" : text;
}
