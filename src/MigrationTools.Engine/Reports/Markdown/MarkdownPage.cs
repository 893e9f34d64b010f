using System.Text;
using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Reports.Markdown;

/// <summary>Puts a page of Markdown together. What is handed in is Markdown already: text of unknown origin goes through <see cref="MarkdownText"/> first.</summary>
internal sealed partial class MarkdownPage
{
    private readonly StringBuilder _text = new();

    public void Heading(int level, string markdown) => Paragraph($"{new string('#', level)} {markdown}");

    public void Paragraph(string markdown) => _text.Append(markdown).Append("\n\n");

    public void List(IEnumerable<string> items)
    {
        var any = false;
        foreach (var item in items)
        {
            _text.Append("- ").Append(item).Append('\n');
            any = true;
        }

        if (any)
        {
            _text.Append('\n');
        }
    }

    /// <summary>A table; columns whose head ends with a colon are aligned to the right.</summary>
    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row([.. heads.Select(head => head.TrimEnd(':'))]);
        Row([.. heads.Select(head => head.EndsWith(':') ? "---:" : "---")]);
        foreach (var row in rows)
        {
            Row(row);
        }

        _text.Append('\n');
    }

    public override string ToString() => _text.ToString().TrimEnd('\n') + "\n";

    // GitHub's tables split at every bar that is not escaped, in code too.
    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.CultureInvariant)]
    private static partial Regex Bar();

    private void Row(IReadOnlyList<string> cells) =>
        _text.Append("| ").AppendJoin(" | ", cells.Select(cell => Bar().Replace(cell, @"\|"))).Append(" |\n");
}
