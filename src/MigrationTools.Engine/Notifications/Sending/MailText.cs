using System.Globalization;
using System.Text;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications.Sending;

/// <summary>A message as mail: plain text in UTF-8 (RFC 5322; header words by RFC 2047, the body in base64 by RFC 2045).</summary>
internal static class MailText
{
    // An encoded word has at most 75 characters, twelve of which are its frame: 45 bytes are 60 characters of base64.
    private const int WordBytes = 45;

    public static string Of(MailNotificationSpec mail, NotificationMessage message)
    {
        var text = new StringBuilder();
        Line(text, $"From: {mail.From}");
        Line(text, $"To: {string.Join(",\r\n ", mail.To)}");
        Line(text, $"Subject: {Words(message.Title)}");
        Line(text, $"Date: {message.At.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}");
        Line(text, $"Message-ID: <{Guid.NewGuid():n}@{mail.From[(mail.From.LastIndexOf('@') + 1)..].TrimEnd('>')}>");
        Line(text, "Auto-Submitted: auto-generated");
        Line(text, "MIME-Version: 1.0");
        Line(text, "Content-Type: text/plain; charset=utf-8");
        Line(text, "Content-Transfer-Encoding: base64");
        Line(text, "");
        Line(text, Convert.ToBase64String(Encoding.UTF8.GetBytes(Body(message)), Base64FormattingOptions.InsertLineBreaks));
        return text.ToString();
    }

    private static string Body(NotificationMessage message)
    {
        var body = new StringBuilder();
        Line(body, message.Message);
        Line(body, "");
        Line(body, $"Spec     {message.SpecName} ({message.Spec})");
        foreach (var (name, value) in new (string, object?)[] { ("Run", message.RunId), ("Status", message.Status), ("Verdict", message.Verdict), ("Step", message.Step) })
        {
            if (value is not null)
            {
                Line(body, $"{name,-9}{value}");
            }
        }

        Line(body, $"At       {message.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}");
        return body.ToString();
    }

    /// <summary>A header's text; line ends, which would begin another header, are blanks.</summary>
    private static string Words(string text)
    {
        var line = new string([.. text.Select(character => char.IsControl(character) ? ' ' : character)]);
        if (line.Length <= WordBytes && line.All(char.IsAscii))
        {
            return line;
        }

        var words = new List<string>();
        var bytes = new List<byte>();
        foreach (var rune in line.EnumerateRunes())
        {
            var next = Encoding.UTF8.GetBytes(rune.ToString());
            if (bytes.Count + next.Length > WordBytes)
            {
                words.Add(Word(bytes));
                bytes.Clear();
            }

            bytes.AddRange(next);
        }

        words.Add(Word(bytes));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");
}
