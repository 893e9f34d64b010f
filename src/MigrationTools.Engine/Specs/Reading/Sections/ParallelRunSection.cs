using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The same input to both sides.</summary>
internal sealed class ParallelRunSection : MappingForm<ParallelRunSpec>
{
    private static readonly ParallelRunSpec Default = new();

    private readonly Field<string> _system;
    private readonly Field<IReadOnlyList<string>> _paths;
    private readonly Field<long> _requests;
    private readonly Field<double> _maxDifference;
    private readonly Field<long> _tolerated;
    private readonly Field<double> _confidence;

    public ParallelRunSection()
        : base("parallelRun")
    {
        _system = Optional("system", new SystemNameForm("http"), "The http system whose sides are asked; the only one where it is not given.");
        _paths = Optional("paths", new ListForm<string>(HttpPathForm.Instance, "a list of requests' paths", ListItems.Unique), "Paths that are asked in turn; `{n}` stands for a counter.");
        _requests = Optional("requests", new WholeNumberForm(1, 10_000_000), Default.Requests, "Comparisons in all.");
        _maxDifference = Optional("maxDifference", new ShareForm(0, 1), Default.MaxDifference, "The share of differing answers that is not to be exceeded.");
        _tolerated = Optional("tolerated", new WholeNumberForm(0, 1_000_000), Default.Tolerated, "Answers that may differ by more than what differs by itself.");
        _confidence = Optional("confidence", new ShareForm(0.5m, 0.9999m), Default.Confidence, "With which confidence that is shown.");
    }

    protected override ParallelRunSpec Build(FieldValues values, ReadingContext context) => new()
    {
        System = values.Find(_system),
        Paths = values.Find(_paths) ?? [],
        Requests = (int)values.Of(_requests),
        MaxDifference = values.Of(_maxDifference),
        Tolerated = (int)values.Of(_tolerated),
        Confidence = values.Of(_confidence),
    };
}
