using System.Globalization;
using System.Text;
using System.Xml;

namespace MigrationTools.Engine.Metrics.Windows.LoadTests;

/// <summary>
/// A JTL file of JMeter, CSV with a line of names or XML (https://jmeter.apache.org/usermanual/listeners.html). It may still be written: a last line or element
/// that is not whole yet is left out. Samples within a sample are part of it and do not count again.
/// </summary>
internal static class JMeterResults
{
    public static async Task<LoadTestResult> ReadAsync(Stream stream, string? label, DateTimeOffset since, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var tally = new JMeterTally(label, since, to);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 64 * 1024);
        if (reader.Peek() == '<')
        {
            ReadXml(reader, tally, cancellationToken);
        }
        else
        {
            await ReadCsvAsync(reader, tally, cancellationToken).ConfigureAwait(false);
        }

        return tally.ToResult();
    }

    private static void ReadXml(StreamReader reader, JMeterTally tally, CancellationToken cancellationToken)
    {
        using var xml = XmlReader.Create(reader, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        try
        {
            while (xml.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (xml is { NodeType: XmlNodeType.Element, Depth: 1, LocalName: "httpSample" or "sample" })
                {
                    tally.Add(xml.GetAttribute("ts"), xml.GetAttribute("t"), xml.GetAttribute("lb"), xml.GetAttribute("s"));
                }
            }
        }
        catch (XmlException) when (reader.EndOfStream && tally.Seen > 0)
        {
            // JMeter is writing it: the closing tag comes with the test's end.
        }
    }

    private static async Task ReadCsvAsync(StreamReader reader, JMeterTally tally, CancellationToken cancellationToken)
    {
        var names = await CsvLine.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        if (names is null)
        {
            return;
        }

        int[] columns = [names.IndexOf("timeStamp"), names.IndexOf("elapsed"), names.IndexOf("label"), names.IndexOf("success")];
        if (columns[0] < 0 || columns[1] < 0 || columns[3] < 0)
        {
            throw new FormatException("its first line does not name the columns timeStamp, elapsed and success; JMeter writes it with jmeter.save.saveservice.print_field_names=true");
        }

        var broken = -1;
        while (await CsvLine.ReadAsync(reader, cancellationToken).ConfigureAwait(false) is { } values)
        {
            if (broken >= 0)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a line has {broken} columns and not {names.Count}"));
            }

            string? At(int column) => column >= 0 && column < values.Count ? values[column] : null;
            if (values.Count == names.Count)
            {
                tally.Add(At(columns[0]), At(columns[1]), At(columns[2]), At(columns[3]));
            }
            else
            {
                broken = values.Count;
            }
        }
    }
}
