namespace MigrationTools.Engine.Reports.Html;

/// <summary>The page's sections in their order. Each leaves itself out where the run has nothing for it.</summary>
internal static class ReportPage
{
    public static IReadOnlyList<PageSection> SectionsOf(RunReport report) =>
    [
        .. new[]
        {
            StepsSection.Of(report),
            RollbackSection.Of(report),
            ReadinessSection.Of(report),
            ProofSection.Of(report),
            TablesSection.Of(report),
            DifferencesSection.Of(report),
            QualitySection.Of(report),
            RejectedSection.Of(report),
            WaiversSection.Of(report),
            RecordSection.Of(report),
        }.OfType<PageSection>(),
    ];
}
