namespace MigrationTools.Engine.Reports.Html;

/// <summary>The page's style sheet: colours, type and layout in one place.</summary>
internal static class ReportStyle
{
    /// <summary>The sheet with line feeds only, for its hash stands in the content security policy.</summary>
    public static string Text { get; } = (ReportColours.Text + Layout + ReportTableStyle.Text).ReplaceLineEndings("\n");

    private const string Layout =
        """

        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 400 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif; font-variant-numeric: tabular-nums; }
        .page { max-width: 72rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
        h1 { font-size: clamp(1.6rem, 1.2rem + 1.8vw, 2.3rem); line-height: 1.15; letter-spacing: -.018em; font-weight: 680; margin: .1rem 0 .35rem; overflow-wrap: anywhere; text-wrap: balance; }
        h2 { font-size: 1.25rem; line-height: 1.25; letter-spacing: -.01em; font-weight: 650; margin: 0; min-width: 0; overflow-wrap: anywhere; }
        h3 { font-size: 1rem; font-weight: 650; margin: 1.5rem 0 .5rem; overflow-wrap: anywhere; }
        p { margin: .4rem 0; }
        code { font: .875em/1.45 ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; overflow-wrap: anywhere; }
        a { color: var(--accent); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        .definitions { position: absolute; }
        .skip { position: absolute; left: -100vw; }
        .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .quiet { color: var(--quiet); }
        .small { font-size: .8125rem; line-height: 1.4; }
        .lines { white-space: pre-wrap; overflow-wrap: anywhere; }
        .empty { color: var(--quiet); }
        .more { color: var(--quiet); font-size: .875rem; }

        .kicker { margin: 0; font-size: .75rem; letter-spacing: .09em; text-transform: uppercase; font-weight: 600; color: var(--quiet); }
        .subtitle { margin: 0; color: var(--quiet); font-size: .9375rem; }
        .subtitle > span + span::before { content: "·"; margin: 0 .55em; }
        .systems { list-style: none; margin: .6rem 0 0; padding: 0; font-size: .9375rem; }
        .systems strong { font-weight: 600; margin-right: .35rem; }
        .arrow { color: var(--quiet); }

        .banner { display: flex; gap: 1.15rem; margin: 1.6rem 0 1.25rem; padding: 1.3rem 1.5rem 1.35rem; border-radius: 10px; background: var(--tint); border: 1px solid var(--edge); color: var(--ink); }
        .banner-icon { flex: none; width: 2.9rem; height: 2.9rem; color: var(--tone); margin-top: .1rem; }
        .banner-text { min-width: 0; flex: 1; }
        .banner-head { margin: 0; display: flex; flex-wrap: wrap; align-items: center; gap: .35rem .8rem; }
        .banner-head strong { font-size: 1.4rem; line-height: 1.25; letter-spacing: -.015em; font-weight: 680; }
        .banner-verdict { display: inline-flex; align-items: center; gap: .4rem; font-size: .9375rem; }
        .banner-message { margin: .3rem 0 0; overflow-wrap: anywhere; }
        .next { font-size: .8125rem; font-weight: 650; letter-spacing: 0; margin: 1rem 0 .2rem; }
        .advice { margin: 0; padding: 0 0 0 1.1rem; font-size: .9375rem; }
        .advice li { margin: .3rem 0; overflow-wrap: anywhere; }
        .advice li::marker { color: var(--quiet); }
        .command { display: inline-block; padding: .1rem .55rem; border-radius: 5px; background: var(--card); border: 1px solid var(--edge); }

        .badge { display: inline-flex; align-items: center; gap: .38rem; padding: .1rem .6rem .1rem .42rem; border-radius: 99px; font-size: .8125rem; line-height: 1.45; font-weight: 600; white-space: nowrap; color: var(--tone); background: var(--tint); }
        .banner .badge { background: var(--card); }
        .icon { width: .9rem; height: .9rem; flex: none; }
        .shape { fill: currentColor; }
        .glyph { fill: none; stroke: var(--card); stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
        .outline { fill: none; stroke: currentColor; stroke-width: 1.7; }
        .dashed { stroke-dasharray: 3.2 2.2; }
        .line { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

        .tiles { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 1px; margin: 0; background: var(--line); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
        .tile { background: var(--card); padding: .85rem 1rem .8rem; }
        .tile dt { font-size: .8125rem; color: var(--quiet); line-height: 1.3; }
        .tile dd { margin: 0; }
        .tile-figure { font-size: 1.35rem; line-height: 1.35; font-weight: 650; letter-spacing: -.015em; }
        .tile-note { font-size: .75rem; line-height: 1.35; color: var(--quiet); }
        .unmeasured-words { font-size: 1rem; font-weight: 500; color: var(--quiet); letter-spacing: 0; }

        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; list-style: none; margin: 1.25rem 0 0; padding: 0; font-size: .875rem; }
        nav a { color: var(--quiet); text-decoration: none; padding: .2rem 0; display: inline-block; }
        nav a:hover { color: var(--ink); text-decoration: underline; }

        main > section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.35rem 1.5rem 1.5rem; margin-top: 1.25rem; }
        .section-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .3rem 1rem; margin-bottom: .9rem; }
        .aside { margin: 0; min-width: 0; overflow-wrap: anywhere; display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .6rem; color: var(--quiet); font-size: .875rem; }
        footer { color: var(--quiet); font-size: .8125rem; margin-top: 1.75rem; text-align: center; }

        .bar { display: block; width: 100%; height: .8rem; border-radius: 2px; }
        .bar.pair { height: 1.15rem; }
        .track { fill: var(--track); }
        .limit { stroke: var(--ink); stroke-width: 2; }
        .swatch { width: .8rem; height: .8rem; flex: none; }
        .key { display: inline-flex; align-items: center; gap: .35rem; margin-right: .8rem; }
        .legend { display: flex; flex-wrap: wrap; align-items: center; gap: .15rem .2rem; font-size: .8125rem; color: var(--quiet); margin: 0 0 .6rem; }

        .steps { list-style: none; margin: 0; padding: 0; }
        .steps > li { border-top: 1px solid var(--line); }
        .steps summary, .axis-row { display: grid; grid-template-columns: 1.3rem minmax(0, 1fr) minmax(0, 34%) 5.4rem 7.6rem .8rem; align-items: center; gap: .9rem; }
        .axis-row svg { grid-column: 3; }
        .steps summary { padding: .6rem .25rem; cursor: pointer; list-style: none; border-radius: 5px; }
        .steps summary::-webkit-details-marker { display: none; }
        .steps summary::after { content: "›"; color: var(--quiet); font-size: 1.25rem; line-height: 1; text-align: center; }
        .steps details[open] > summary::after { transform: rotate(90deg); }
        .steps summary:hover { background: var(--hover); }
        .axis-row { padding: 0 .25rem; }
        .axis { width: 100%; height: 15px; overflow: visible; display: block; }
        .axis text { font-size: 11px; fill: var(--quiet); }
        .lane { display: block; width: 100%; height: 22px; }
        .step-number { color: var(--quiet); text-align: right; font-size: .875rem; }
        .step-name { font-weight: 550; font-size: .9375rem; line-height: 1.4; overflow-wrap: anywhere; }
        .step-name::first-letter, .banner-message::first-letter, .category::first-letter { text-transform: uppercase; }
        .uri { font-weight: 400; font-size: .875rem; color: var(--quiet); }
        .step-name .small { display: block; font-weight: 400; }
        .step-time { text-align: right; font-size: .875rem; color: var(--quiet); white-space: nowrap; }
        .step-verdict { display: flex; flex-direction: column; align-items: flex-start; gap: .25rem; }
        .step-body { padding: .1rem .25rem 1.1rem 2.45rem; }
        .no-return { display: flex; align-items: center; gap: .8rem; margin: .5rem 0 0; font-size: .8125rem; font-weight: 600; color: var(--failed); }
        .no-return::before, .no-return::after { content: ""; flex: 1; border-top: 2px dashed currentColor; }

        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .5rem 1.5rem; margin: .8rem 0 .3rem; font-size: .875rem; }
        .facts.wide { grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); }
        .facts dt { color: var(--quiet); font-size: .8125rem; line-height: 1.3; }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        .error { border-left: 3px solid var(--error); background: var(--error-tint); border-radius: 0 5px 5px 0; padding: .5rem .9rem; margin: .5rem 0; }
        .error p { margin: .1rem 0; }
        .evidence { list-style: none; margin: .5rem 0; padding: 0; font-size: .875rem; }
        .evidence li { display: grid; gap: .1rem; padding: .4rem 0 .4rem .8rem; border-left: 2px solid var(--line); }
        .evidence li + li { margin-top: .35rem; }
        .evidence .value { display: inline; overflow-wrap: anywhere; }
        .query { color: var(--ink); white-space: pre-wrap; }
        .label { color: var(--quiet); font-size: .8125rem; }
        .value { display: inline-block; max-width: 24rem; overflow-wrap: break-word; white-space: pre-wrap; background: var(--value); border-radius: 3px; padding: .05rem .28rem; }
        .value mark { background: var(--mark); color: inherit; border-radius: 2px; }
        .null { font-style: normal; font-size: .75rem; font-weight: 600; letter-spacing: .03em; color: var(--quiet); border: 1px dashed var(--quiet); border-radius: 3px; padding: 0 .3rem; white-space: nowrap; }

        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: .5rem 2.5rem; margin-bottom: 1.1rem; }
        .chart { margin: 0 0 .6rem; min-width: 0; }
        .chart figcaption { font-size: .875rem; margin-bottom: .5rem; display: flex; flex-wrap: wrap; gap: .1rem 1rem; }
        .chart figcaption strong { font-weight: 650; }
        .chart ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .34rem; }
        .chart li { display: grid; grid-template-columns: minmax(0, 8.5rem) minmax(3rem, 1fr) minmax(0, auto); align-items: center; gap: .75rem; font-size: .8125rem; }
        .chart-label { overflow-wrap: anywhere; line-height: 1.3; }
        .chart-figures { text-align: right; line-height: 1.3; min-width: 8.5rem; }
        .chart-figures .quiet { display: block; font-size: .75rem; }

        .proof { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 2rem; align-items: center; }
        .dial { width: 8.5rem; display: block; }
        .ring { fill: none; stroke: var(--track); stroke-width: 11; }
        .ring.unmeasured { stroke-width: 2; stroke: var(--quiet); stroke-dasharray: 4 5; }
        .arc { fill: none; stroke-width: 11; }
        .dial-value { font-size: 23px; font-weight: 680; text-anchor: middle; dominant-baseline: central; fill: var(--ink); letter-spacing: -.5px; }
        .dial-label { font-size: 10.5px; text-anchor: middle; dominant-baseline: central; fill: var(--quiet); }
        .dial-words { font-size: 14px; font-weight: 600; text-anchor: middle; dominant-baseline: central; fill: var(--quiet); }
        .strips, .gates { list-style: none; margin: 0; padding: 0; display: grid; gap: .55rem; }
        .strips li { display: grid; grid-template-columns: 7rem minmax(3rem, 1fr) 11.5rem 7.7rem; gap: .9rem; align-items: center; font-size: .875rem; }
        .strip-name { font-weight: 550; overflow-wrap: anywhere; }
        .strips .badge, .gates .badge { justify-self: start; }
        .strip-words { color: var(--quiet); font-size: .8125rem; }
        .strip { display: grid; grid-template-columns: minmax(3rem, 16rem) auto; justify-content: start; gap: .9rem; align-items: center; font-size: .8125rem; color: var(--quiet); margin-bottom: .6rem; }
        .not-checked { font-size: .875rem; }
        .gates li { display: grid; grid-template-columns: minmax(0, 15rem) minmax(3rem, 1fr) minmax(0, 17rem) 7.7rem; gap: .1rem 1rem; align-items: center; font-size: .875rem; }
        .gate-head { line-height: 1.3; overflow-wrap: anywhere; }
        .gate-head .small { display: block; }
        .gate-words { font-size: .8125rem; color: var(--quiet); line-height: 1.35; }
        .gate-message { grid-column: 2 / -1; margin: 0; font-size: .8125rem; overflow-wrap: anywhere; }

        .fold { border-top: 1px solid var(--line); margin-top: .9rem; }
        .fold + .fold, .fold + .more { margin-top: 0; }
        .fold:last-child { margin-bottom: -.6rem; }
        .fold > summary { cursor: pointer; padding: .6rem 0; font-size: .9375rem; }
        .fold > summary > h3 { display: inline; margin: 0 .5rem 0 .1rem; }
        .fold > summary > .category { display: inline-block; }
        .fold > summary > .quiet { font-size: .8125rem; margin-left: .4rem; }
        summary::marker { color: var(--quiet); }

        """;
}
