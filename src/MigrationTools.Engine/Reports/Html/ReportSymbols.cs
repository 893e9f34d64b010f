namespace MigrationTools.Engine.Reports.Html;

/// <summary>The shapes of verdicts and the patterns of fills, drawn once and referred to. Each is told from the others without its colour.</summary>
internal static class ReportSymbols
{
    public static Markup Definitions { get; } = Markup.Of(
        $"""
        <svg class="definitions" width="0" height="0" aria-hidden="true" focusable="false"><defs>
        <symbol id="i-Passed" viewBox="0 0 16 16"><circle class="shape" cx="8" cy="8" r="8"/><path class="glyph" d="M4.4 8.3l2.5 2.5 4.8-5.2"/></symbol>
        <symbol id="i-Failed" viewBox="0 0 16 16"><path class="shape" d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z"/><path class="glyph" d="M5 5l6 6M11 5l-6 6"/></symbol>
        <symbol id="i-Error" viewBox="0 0 16 16"><path class="shape" d="M8 .6L16 15.4H0z"/><path class="glyph" d="M8 6v4.2M8 12.6v.4"/></symbol>
        <symbol id="i-Inconclusive" viewBox="0 0 16 16"><path class="shape" d="M8 0l8 8-8 8-8-8z"/><path class="glyph" d="M5.9 6.4a2.15 2.15 0 1 1 3.1 1.9c-.7.35-1 .8-1 1.5M8 12.1v.2"/></symbol>
        <symbol id="i-NotRun" viewBox="0 0 16 16"><circle class="outline dashed" cx="8" cy="8" r="6.8"/></symbol>
        <symbol id="i-Skipped" viewBox="0 0 16 16"><circle class="outline" cx="8" cy="8" r="7"/><path class="line" d="M4.8 5l3 3-3 3M8.4 5l3 3-3 3"/></symbol>
        <symbol id="i-Waived" viewBox="0 0 16 16"><path class="shape" d="M8 0l7 2.200v5.300c0 4.2-3 7.2-7 8.5-4-1.3-7-4.3-7-8.500V2.200z"/><path class="glyph" d="M4.9 7.600l2.2 2.3 4.1-4.5"/></symbol>
        <symbol id="i-RolledBack" viewBox="0 0 16 16"><rect class="shape" width="16" height="16" rx="3.5"/><path class="glyph" d="M5 9.600h4.300a2.4 2.4 0 000-4.800H4.700M6.8 2.700L4.5 4.800l2.3 2.1"/></symbol>
        <symbol id="i-Running" viewBox="0 0 16 16"><circle class="outline" cx="8" cy="8" r="7"/><path class="shape" d="M6.2 4.600L11.4 8l-5.2 3.400z"/></symbol>
        <pattern id="p-Failed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="c-failed" width="6" height="6"/><rect class="c-card" width="1.6" height="6"/></pattern>
        <pattern id="p-Error" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="c-error" width="6" height="6"/><path class="c-line" d="M0 0l6 6M6 0L0 6"/></pattern>
        <pattern id="p-Inconclusive" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="c-inconclusive" width="6" height="6"/><circle class="c-card" cx="3" cy="3" r="1.3"/></pattern>
        <pattern id="p-NotRun" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="c-track" width="6" height="6"/><rect class="c-notrun" width="1.4" height="6"/></pattern>
        <pattern id="p-Skipped" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="c-track" width="6" height="6"/><rect class="c-notrun" width="6" height="1.4"/></pattern>
        <pattern id="p-Waived" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="c-waived" width="6" height="6"/><rect class="c-card" width="1.3" height="6"/></pattern>
        <pattern id="p-cut" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="c-inconclusive" width="2.5" height="5"/></pattern>
        <pattern id="p-underway" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="c-accent" width="8" height="8"/><rect class="c-card" width="3" height="8"/></pattern>
        <pattern id="p-undo" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="c-rolledback" width="6" height="6"/><rect class="c-card" width="1.8" height="6"/></pattern>
        <pattern id="p-pause" width="4" height="6" patternUnits="userSpaceOnUse"><rect class="c-card" width="4" height="6"/><rect class="c-notrun" x="1" y="2" width="1.5" height="2"/></pattern>
        <pattern id="p-extra" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="c-extra" width="6" height="6"/><rect class="c-card" width="6" height="1.6"/></pattern>
        <pattern id="p-missing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="c-missing" width="6" height="6"/><rect class="c-card" width="1.6" height="6"/></pattern>
        </defs></svg>
        """);
}
