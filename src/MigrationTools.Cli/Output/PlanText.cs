using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Cli.Output;

/// <summary>A plan as people read it.</summary>
internal static class PlanText
{
    /// <summary>The plan on one line.</summary>
    public static string Headline(MigrationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var back = plan.Steps.FirstOrDefault(step => step.PointOfNoReturn) is { } step ? $"; the point of no return is {step.Id}" : "";
        return $"{plan.Strategy}, {Quantity.Count(plan.Steps.Count, "step")}, {Estimate(plan)}{back}";
    }

    public static void Write(CliConsole console, MigrationSpec spec, MigrationPlan plan, bool withSql)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(plan);
        console.Out.WriteLine($"{console.OutPaint.Strong(Printable.Line(spec.Name))}: {Headline(plan)}");
        console.Out.WriteLine();
        var table = new TextTable().Name("Phase").Name("Step").Column("What happens").Column("What undoes it").Name("Estimate");
        foreach (var step in plan.Steps)
        {
            if (step.PointOfNoReturn)
            {
                table.Row("", "", "——— point of no return: from here on going back may lose writes ———", "", "");
            }

            var gate = step.GateAfter is { } named ? $" — then the gate '{named.Name}'" : "";
            table.Row(
                step.Phase,
                step.Id,
                step.Action.Description + gate,
                step.Compensation?.Description ?? $"nothing: {step.Irreversible}",
                step.Estimate.Duration is { } duration ? Quantity.Duration(duration) : "-");
        }

        table.Write(console);
        console.Out.WriteLine();
        WriteEstimates(console, plan);
        WriteNotes(console, plan);
        WriteSql(console, plan, withSql);
        console.Out.WriteLine($"Plan {plan.Hash}");
    }

    private static string Estimate(MigrationPlan plan)
    {
        var known = plan.Steps.Where(step => step.Estimate.Duration is not null).ToList();
        if (known.Count == 0)
        {
            return "no estimate of its duration";
        }

        var sum = TimeSpan.FromTicks(known.Sum(step => step.Estimate.Duration!.Value.Ticks));
        return known.Count == plan.Steps.Count
            ? $"about {Quantity.Duration(sum)}"
            : $"about {Quantity.Duration(sum)} for the {Quantity.Count(known.Count, "step")} that can be estimated";
    }

    private static void WriteEstimates(CliConsole console, MigrationPlan plan)
    {
        foreach (var group in plan.Steps.GroupBy(step => step.Estimate.Basis))
        {
            var steps = group.Count() == plan.Steps.Count ? "all steps" : string.Join(", ", group.Select(step => step.Id.Split('-')[0]));
            console.Out.WriteLine($"Estimate of {steps}: {Printable.Line(group.Key)}");
        }

        console.Out.WriteLine();
    }

    private static void WriteNotes(CliConsole console, MigrationPlan plan)
    {
        foreach (var note in plan.Notes)
        {
            console.Out.WriteLine($"Note: {Printable.Line(note)}");
        }

        if (plan.Notes.Count > 0)
        {
            console.Out.WriteLine();
        }
    }

    private static void WriteSql(CliConsole console, MigrationPlan plan, bool withSql)
    {
        foreach (var step in plan.Steps)
        {
            if (step.Action.Parameters["statements"] is not System.Text.Json.Nodes.JsonArray { Count: > 0 } statements)
            {
                continue;
            }

            if (!withSql)
            {
                console.Out.WriteLine($"Step {step.Id} runs {Quantity.Count(statements.Count, "SQL statement")}; --verbose shows them.");
                continue;
            }

            console.Out.WriteLine($"-- {step.Id}");
            foreach (var statement in statements)
            {
                var sql = Printable.Lines(statement?.ToString() ?? "").TrimEnd();
                console.Out.WriteLine(sql.EndsWith(';') ? sql : $"{sql};");
            }

            console.Out.WriteLine();
        }
    }
}
