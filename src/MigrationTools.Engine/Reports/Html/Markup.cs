using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>
/// HTML that may stand on a page as it is. It is only made from literals of this code and from holes, and every hole that holds text
/// is encoded: what comes from a run can't become markup, because there is no way to write it unencoded.
/// </summary>
internal readonly record struct Markup
{
    // Readable letters stay; the five characters that mean something in HTML, and all that has no shape, do not.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string? _html;

    private Markup(string html) => _html = html;

    public static Markup Empty => default;

    public static Markup Of(Writer html) => new(html.ToString());

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part._html)));

    /// <summary>Text over several lines, line ends kept.</summary>
    public static Markup Lines(string text) => new(Encoder.Encode(VisibleText.Block(text)).Replace("&#xA;", "\n", StringComparison.Ordinal));

    /// <summary>A text of this code's own that is to stand unencoded: a style sheet or a script, nothing else.</summary>
    public static Markup Asset(string text) => new(text);

    public override string ToString() => _html ?? "";

    /// <summary>Takes an interpolated string apart: literals stay, holes are encoded.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Writer
    {
        private readonly StringBuilder _html;

        public Writer(int literalLength, int formattedCount) => _html = new StringBuilder(literalLength + (formattedCount * 24));

        public void AppendLiteral(string literal) => _html.Append(literal);

        public void AppendFormatted(string? text) => _html.Append(Encoder.Encode(VisibleText.Line(text ?? "")));

        public void AppendFormatted(Markup markup) => _html.Append(markup._html);

        public void AppendFormatted(IEnumerable<Markup> parts) => _html.AppendJoin("", parts.Select(part => part._html));

        public void AppendFormatted(int number) => _html.Append(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>A length or a place in a drawing.</summary>
        public void AppendFormatted(double number) => _html.Append(number.ToString("0.###", CultureInfo.InvariantCulture));

        public override string ToString() => _html.ToString();
    }
}
