using System.Globalization;
using System.Text;
using System.Xml;

namespace MigrationTools.Engine.Reports.JUnit;

/// <summary>
/// The run as JUnit XML (the form that Jenkins, GitLab and Azure Pipelines read): a test case for the migration itself, for every
/// check, step and compensation. Failed is a failure; Error, Inconclusive and NotRun are errors, for what was not seen to pass did not
/// pass; Skipped is skipped; Waived passes and names who answers for it.
/// </summary>
public sealed class JUnitReportWriter : IReportWriter
{
    public string Format => "junit";

    public string FileExtension => ".junit.xml";

    public async Task WriteAsync(RunReport report, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        var settings = new XmlWriterSettings
        {
            Async = true,
            Indent = true,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            NewLineChars = "\n",
            CloseOutput = false,
        };
        cancellationToken.ThrowIfCancellationRequested();
        var suites = JUnitSuites.Of(report);
        var xml = XmlWriter.Create(stream, settings);
        await using (xml.ConfigureAwait(false))
        {
            WriteSuites(xml, report, suites);
            await xml.FlushAsync().ConfigureAwait(false);
        }
    }

    private static void WriteSuites(XmlWriter xml, RunReport report, IReadOnlyList<JUnitSuite> suites)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", VisibleText.Line(report.SpecName ?? report.SpecId));
        WriteCounts(xml, [.. suites.SelectMany(suite => suite.Cases)]);
        foreach (var suite in suites)
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", VisibleText.Line(suite.Name));
            WriteCounts(xml, suite.Cases);
            if (report.StartedAt is { } started)
            {
                xml.WriteAttributeString("timestamp", started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            }

            foreach (var one in suite.Cases)
            {
                WriteCase(xml, suite, one);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<JUnitCase> cases)
    {
        WriteNumber(xml, "tests", cases.Count);
        WriteNumber(xml, "failures", cases.Count(one => one.Outcome == JUnitOutcome.Failure));
        WriteNumber(xml, "errors", cases.Count(one => one.Outcome == JUnitOutcome.Error));
        WriteNumber(xml, "skipped", cases.Count(one => one.Outcome == JUnitOutcome.Skipped));
        WriteSeconds(xml, cases.Sum(one => one.Milliseconds));
    }

    private static void WriteCase(XmlWriter xml, JUnitSuite suite, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", VisibleText.Line(suite.Name));
        xml.WriteAttributeString("name", VisibleText.Line(one.Name));
        WriteSeconds(xml, one.Milliseconds);
        if (one.Outcome != JUnitOutcome.Passed)
        {
            xml.WriteStartElement(one.Outcome switch
            {
                JUnitOutcome.Failure => "failure",
                JUnitOutcome.Skipped => "skipped",
                _ => "error",
            });
            xml.WriteAttributeString("message", VisibleText.Line(one.Message));
            if (one.Outcome != JUnitOutcome.Skipped)
            {
                xml.WriteAttributeString("type", one.Type);
                xml.WriteString(VisibleText.Block(one.Detail));
            }

            xml.WriteEndElement();
        }

        if (one.Output.Length > 0)
        {
            xml.WriteElementString("system-out", VisibleText.Block(one.Output));
        }

        xml.WriteEndElement();
    }

    private static void WriteNumber(XmlWriter xml, string name, int value) => xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    private static void WriteSeconds(XmlWriter xml, double milliseconds) =>
        xml.WriteAttributeString("time", (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture));
}
