using MigrationTools.Engine.Specs.Reading.Forms;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>A person's yes.</summary>
internal sealed class ApprovalSection : MappingForm<ApprovalSpec>
{
    private readonly Field<TimeSpan> _deadline;

    public ApprovalSection()
        : base("approval") => _deadline = Optional("deadline", DurationForm.Instance, new ApprovalSpec().Deadline, "How long the run waits before it holds.");

    protected override ApprovalSpec Build(FieldValues values, ReadingContext context) => new() { Deadline = values.Of(_deadline) };
}
