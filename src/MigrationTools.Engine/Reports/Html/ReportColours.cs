namespace MigrationTools.Engine.Reports.Html;

/// <summary>The page's colours, by what they mean, in light and in dark. Every text on its ground has a contrast of at least 4.5 to 1.</summary>
internal static class ReportColours
{
    public const string Text =
        """

        :root {
          color-scheme: light dark;
          --paper: #f6f6f3; --card: #ffffff; --ink: #1b2025; --quiet: #5a636d; --line: #e1e3de; --track: #e8eae6; --hover: #f6f6f3; --value: #f0f1ee; --mark: #f9dd83; --accent: #2c5a86;
          --passed: #1a6a40; --passed-tint: #e6f2ea; --failed: #ae231b; --failed-tint: #fbeae8; --error: #983c00; --error-tint: #fcefe4;
          --inconclusive: #775700; --inconclusive-tint: #faf2d9; --notrun: #4f5963; --notrun-tint: #edeff0; --waived: #593ea4; --waived-tint: #efecf9;
          --rolledback: #34557c; --rolledback-tint: #e8eff7; --source: #8b97a5; --target: #2f7f79; --extra: #a2691a; --changed: #6450a8;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --paper: #131619; --card: #1b1f23; --ink: #e7e9eb; --quiet: #9ca6b0; --line: #2f353b; --track: #2b3137; --hover: #22272c; --value: #2a2f35; --mark: #6b5410; --accent: #7fb2e5;
            --passed: #74cf99; --passed-tint: #17301f; --failed: #ff948a; --failed-tint: #3a1d1b; --error: #ffb37c; --error-tint: #382515;
            --inconclusive: #e6c55f; --inconclusive-tint: #322a12; --notrun: #abb5bf; --notrun-tint: #2a3036; --waived: #bba8f6; --waived-tint: #2b2542;
            --rolledback: #93bbea; --rolledback-tint: #1b2b3d; --source: #75818e; --target: #4fb3aa; --extra: #dba252; --changed: #a797ee;
          }
        }
        .v-Passed, .t-Passed { --tone: var(--passed); --tint: var(--passed-tint); }
        .v-Failed, .t-Failed { --tone: var(--failed); --tint: var(--failed-tint); }
        .v-Error, .t-Error { --tone: var(--error); --tint: var(--error-tint); }
        .v-Inconclusive, .t-Inconclusive { --tone: var(--inconclusive); --tint: var(--inconclusive-tint); }
        .v-NotRun, .v-Skipped, .t-NotRun, .t-Skipped { --tone: var(--notrun); --tint: var(--notrun-tint); }
        .v-Waived, .t-Waived { --tone: var(--waived); --tint: var(--waived-tint); }
        .v-RolledBack, .t-RolledBack, .t-Running { --tone: var(--rolledback); --tint: var(--rolledback-tint); }
        .banner { --edge: color-mix(in srgb, var(--tone) 32%, transparent); }
        .c-failed { fill: var(--failed); } .c-error { fill: var(--error); } .c-inconclusive { fill: var(--inconclusive); }
        .c-notrun { fill: var(--notrun); } .c-waived { fill: var(--waived); } .c-rolledback { fill: var(--rolledback); }
        .c-card { fill: var(--card); } .c-track { fill: var(--track); } .c-accent { fill: var(--accent); }
        .c-missing { fill: var(--failed); } .c-extra { fill: var(--extra); } .c-line { fill: none; stroke: var(--card); stroke-width: 1.2; }
        .f-Passed { fill: var(--passed); } .f-Failed, .f-stopped { fill: url(#p-Failed); } .f-Error { fill: url(#p-Error); }
        .f-Inconclusive { fill: url(#p-Inconclusive); } .f-NotRun { fill: url(#p-NotRun); } .f-Skipped { fill: url(#p-Skipped); } .f-Waived { fill: url(#p-Waived); }
        .f-source { fill: var(--source); } .f-target, .f-rate { fill: var(--target); } .f-missing { fill: url(#p-missing); } .f-extra { fill: url(#p-extra); } .f-changed { fill: var(--changed); }
        .f-work { fill: var(--accent); } .f-cut { fill: url(#p-cut); stroke: var(--inconclusive); } .f-underway { fill: url(#p-underway); } .f-undo { fill: url(#p-undo); } .f-pause { fill: url(#p-pause); }
        .s-Passed { stroke: var(--passed); } .s-Failed { stroke: var(--failed); } .s-Error { stroke: var(--error); } .s-Inconclusive { stroke: var(--inconclusive); }
        .s-NotRun, .s-Skipped { stroke: var(--notrun); } .s-Waived { stroke: var(--waived); }

        """;
}
