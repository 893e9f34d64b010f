using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>What proves that the data arrived.</summary>
internal sealed class ValidationSection : MappingForm<ValidationSpec>
{
    private static readonly ValidationSpec Default = new();

    private readonly Field<ValidationScope> _counts;
    private readonly Field<ValidationScope> _checksums;
    private readonly Field<ValidationScope> _referential;
    private readonly Field<ValidationScope> _quality;
    private readonly Field<IReadOnlyList<RuleSpec>> _rules;
    private readonly Field<double> _minimumScore;

    public ValidationSection()
        : base("validation")
    {
        _counts = Optional("counts", ScopeForm.Instance, Default.Counts, "Tables whose rows are counted on both sides.");
        _checksums = Optional("checksums", ScopeForm.Instance, Default.Checksums, "Tables whose rows are compared value by value.");
        _referential = Optional("referential", ScopeForm.Instance, Default.Referential, "Tables whose foreign keys are checked for orphans.");
        _quality = Optional("quality", ScopeForm.Instance, Default.Quality, "Tables whose columns' figures (nulls, distinct values, bounds) are compared.");
        _rules = Optional("rules", new ListForm<RuleSpec>(new RuleSection(), "a list of business rules", ListItems.Unique), "Business rules.");
        _minimumScore = Optional(
            "minimumScore",
            new NumberForm(0, 1),
            Default.MinimumScore,
            "Smallest integrity score with which the run passes; a check that failed fails it whatever the score.");
    }

    protected override ValidationSpec Build(FieldValues values, ReadingContext context) => new()
    {
        Counts = values.Of(_counts),
        Checksums = values.Of(_checksums),
        Referential = values.Of(_referential),
        Quality = values.Of(_quality),
        Rules = values.Find(_rules) ?? [],
        MinimumScore = values.Of(_minimumScore),
    };
}
