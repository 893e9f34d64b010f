using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Reports;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>A run in which every text that comes from elsewhere is the same nasty one.</summary>
internal static class Hostile
{
    public static async Task<RunReport> ReportAsync(string text)
    {
        var plan = new MigrationPlan
        {
            SpecId = text,
            SpecHash = "f00d",
            Strategy = StrategyKind.BigBang,
            Notes = [text],
            Steps = PlanChain.Link("f00d",
            [
                new StepDraft
                {
                    Phase = text,
                    System = text,
                    Action = new StepAction("database.compare", text),
                    Compensation = new StepAction("database.undo", text),
                    GateAfter = new Gate(text) { MinimumScore = 0.5 },
                    PointOfNoReturn = true,
                    Estimate = new StepEstimate(TimeSpan.FromSeconds(1), text),
                },
            ]),
        };
        using var bench = new JournalBench(plan, text, text);
        await bench.BeginAsync(user: text);
        var check = new CheckResult
        {
            Id = text,
            Name = text,
            Verdict = Verdict.Failed,
            Message = text,
            Remedy = text,
            Category = text,
            System = text,
            Evidence = [new Evidence(text, text, bench.Time.Now) { Expected = text, Endpoint = text }],
        };
        await bench.ReadyAsync(check with { Verdict = Verdict.Waived, Waiver = new Waiver(text, text, bench.Time.Now) });
        await bench.DoAsync(0, 1, new StepObservation(text) { Evidence = check.Evidence, Checks = [check], Data = Data(text) });
        await bench.RollBackAsync(text, by: text);
        await bench.UndoAsync(0, 1, text, Verdict.Failed, check);
        await bench.EndAsync(RunStatus.RollbackIncomplete, Verdict.Failed, text);
        return bench.Report();
    }

    private static JsonObject Data(string text) => new()
    {
        ["tables"] = new JsonArray(new JsonObject { ["source"] = text, ["target"] = text + "2", ["rows"] = 3, ["rejected"] = 1, ["rejectedFile"] = text, ["bytes"] = 9, ["duration"] = "00:00:01" }),
        ["comparison"] = new JsonObject
        {
            ["source"] = text,
            ["target"] = text,
            ["tables"] = new JsonArray(new JsonObject
            {
                ["source"] = text,
                ["target"] = text + "2",
                ["verdict"] = "Failed",
                ["method"] = text,
                ["sourceRows"] = 3,
                ["targetRows"] = 2,
                ["missing"] = 1,
                ["extra"] = 0,
                ["changed"] = 1,
                ["notes"] = new JsonArray(text),
                ["differences"] = new JsonArray(
                    new JsonObject { ["kind"] = text, ["key"] = new JsonObject { [text] = text } },
                    new JsonObject
                    {
                        ["kind"] = "Changed",
                        ["key"] = new JsonObject { [text] = text },
                        ["columns"] = new JsonArray(new JsonObject { ["name"] = text, ["source"] = text, ["target"] = "other" + text }),
                    }),
            }),
        },
        ["referential"] = new JsonArray(new JsonObject { ["table"] = text, ["foreignKey"] = text, ["verdict"] = "Failed", [text] = text }),
        ["rules"] = new JsonArray(new JsonObject { ["name"] = text, ["expected"] = text, ["observed"] = text, ["verdict"] = text }),
        ["quality"] = new JsonArray(new JsonObject
        {
            ["table"] = text,
            ["column"] = text,
            ["source"] = new JsonObject { [text] = text },
            ["target"] = new JsonObject { [text] = "other" },
            ["verdict"] = "Failed",
            ["notes"] = new JsonArray(text),
        }),
    };

    /// <summary>Texts that mean something to HTML, XML, Markdown, CSV, a terminal, or a reader's eye.</summary>
    public static TheoryData<string> Texts =>
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)' x='",
        "]]><![CDATA[<x/>]]>&amp;&lt;",
        "--><!-- </style></title></textarea></svg>",
        "a\u202Egnp.exe\u202C\u200B\uFEFF",
        "nul\0 bell\a esc\u001B[31m del\u007F nel\u0085 ls\u2028 cr\r\nlf\ttab",
        "half \uD83D of a pair \uDE9A and \uFFFE \uFFFF",
        "🚚 ünïcödé 数据 עברית",
        "`code` | pipe | **bold** [link](javascript:alert(1)) ![i](http://evil.example/x.png) <http://evil.example> www.evil.example",
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "${env:SECRET} $(rm -rf /) ; `reboot`",
    ];
}
