namespace MigrationTools.Engine.Reports.Html;

/// <summary>The part of the style sheet for tables, small screens and paper.</summary>
internal static class ReportTableStyle
{
    public const string Text =
        """

        .scroll { position: relative; overflow-x: auto; margin: .4rem -.25rem; padding: 0 .25rem; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.4; }
        th, td { text-align: left; vertical-align: top; padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
        tbody tr:last-child > * { border-bottom: 0; }
        thead th { font-size: .75rem; font-weight: 600; color: var(--quiet); vertical-align: bottom; white-space: nowrap; padding-top: .2rem; }
        tbody th { font-weight: 550; }
        th .small, td .small { display: block; font-weight: 400; }
        .checks { min-width: 34rem; }
        .checks td:first-child { width: 8.2rem; }
        .checks tbody th { width: 34%; }
        .id { font-family: ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: .75rem; }
        .tag { font-size: .75rem; font-weight: 500; color: var(--quiet); border: 1px solid var(--line); border-radius: 99px; padding: 0 .5rem; }
        .remedy, .waiver { margin: .25rem 0 0; }
        .waiver { color: var(--waived); }
        .evidence-fold > summary { cursor: pointer; font-size: .8125rem; color: var(--quiet); margin-top: .2rem; }
        .figures td, .figures thead th { text-align: right; white-space: nowrap; overflow-wrap: normal; }
        .figures thead th[scope=colgroup] { text-align: center; padding-bottom: .2rem; border-bottom: 0; color: var(--ink); background: linear-gradient(90deg, transparent 1.5rem, var(--line) 1.5rem) 0 100% / calc(100% - .9rem) 1px no-repeat; }
        .figures .first { padding-left: 1rem; }
        .figures tr > :first-child, .figures .note-row td { text-align: left; white-space: normal; }
        .figures tbody tr > :first-child { min-width: 8rem; }
        .figures .words, .figures thead .words { text-align: left; }
        .figures .note-row td { padding-top: 0; }
        .figures tr:has(+ .note-row) > * { border-bottom: 0; }
        .cell { display: inline-block; max-width: 16rem; white-space: normal; overflow-wrap: break-word; text-align: right; }
        .differs { color: var(--failed); font-weight: 650; }
        .notes { margin: .3rem 0; padding-left: 1.1rem; font-size: .8125rem; color: var(--quiet); }
        .differences { min-width: 40rem; }
        .differences th dl, .inline { margin: 0; }
        .inline { display: flex; flex-wrap: wrap; gap: .15rem 1rem; font-weight: 400; }
        .inline div { display: flex; gap: .4rem; min-width: 0; }
        .inline dt { color: var(--quiet); }
        .inline dd { margin: 0; min-width: 0; }
        .kind { font-weight: 650; white-space: nowrap; }
        .kind::before { margin-right: .4rem; }
        .k-Missing { color: var(--failed); } .k-Missing::before { content: "−"; }
        .k-Extra { color: var(--extra); } .k-Extra::before { content: "+"; }
        .k-Changed { color: var(--changed); } .k-Changed::before { content: "≠"; }
        .filter label { display: inline-flex; align-items: center; gap: .6rem; font-size: .875rem; color: var(--quiet); }
        .filter input { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; }

        @media (max-width: 60rem) {
          .tiles { grid-template-columns: repeat(3, minmax(0, 1fr)); }
        }
        @media (max-width: 46rem) {
          .page { padding: 1.25rem .9rem 3rem; }
          main > section { padding: 1.1rem 1rem 1.2rem; }
          .banner { flex-direction: column; gap: .6rem; padding: 1.1rem; }
          .banner-icon { width: 2.3rem; height: 2.3rem; }
          .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .command { display: block; margin-top: .25rem; }
          .steps summary { grid-template-columns: 1.2rem minmax(0, 1fr) auto 1rem; gap: .25rem .6rem; }
          .steps summary::after { grid-column: 4; grid-row: 1; }
          .steps .lane { grid-column: 2 / -1; grid-row: 2; }
          .step-time { grid-column: 3 / -1; grid-row: 3; }
          .step-verdict { grid-column: 2; grid-row: 3; flex-direction: row; flex-wrap: wrap; }
          .step-name { grid-column: 2 / 4; }
          .axis-row { display: block; padding-left: 2.05rem; }
          .step-body { padding-left: 1.8rem; }
          .proof { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
          .dial { margin: 0 auto; }
          .strips li { grid-template-columns: minmax(0, 1fr) auto; gap: .15rem .6rem; }
          .strips .bar { grid-column: 1 / -1; grid-row: 2; }
          .strip-words { grid-column: 1 / -1; grid-row: 3; }
          .strip { grid-template-columns: minmax(0, 1fr); gap: .3rem; }
          .gates li { grid-template-columns: minmax(0, 1fr) auto; gap: .25rem .6rem; }
          .gates .bar, .gate-words, .gate-message { grid-column: 1 / -1; }
          .gates .badge { grid-column: 2; grid-row: 1; align-self: start; }
          .chart li { grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .6rem; }
          .chart .bar { grid-column: 1 / -1; grid-row: 2; }
          .chart-figures .quiet { display: inline; }
          .chart ul { gap: .6rem; }
          .figures tbody th { position: sticky; left: 0; background: var(--card); max-width: 10rem; }
          .scroll > table:not(.figures) { min-width: 36rem; }
          .facts, .facts.wide { grid-template-columns: minmax(0, 1fr); }
        }
        @media print {
          @page { margin: 14mm 12mm; }
          body { background: #fff; font-size: 9.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          .page { max-width: none; padding: 0; }
          nav, .skip, .filter { display: none; }
          main > section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 1rem 0 0; }
          .banner, .tiles, .chart li, .steps > li, tr, .gates li, .strips li, .proof { break-inside: avoid; }
          .steps > li:has(details[open]) { break-inside: auto; }
          h2, h3, .section-head, thead, summary { break-after: avoid; }
          .section-head + p { break-after: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          .checks, .differences { min-width: 0; }
          .figures { font-size: 7.5pt; }
          .figures th, .figures td { padding-right: .35rem; }
          .figures td { white-space: normal; }
          .evidence-fold:not([open]) { display: none; }
          details:not(.evidence-fold)::details-content { content-visibility: visible; block-size: auto; }
        }

        """;
}
