using System.Globalization;
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
        var several = plan.Steps.Select(step => step.System).Distinct(StringComparer.Ordinal).Count() > 1;
        var table = new TextTable().Name("Phase").Name("Step").Column("What happens, and what undoes it").Name("Estimate");
        var phase = "";
        foreach (var step in plan.Steps)
        {
            if (step.PointOfNoReturn)
            {
                table.Row("", "", $"—— point of no return: from here on, {(step.Contracts ? "only a backup of the old side leads back" : "going back may lose writes")} ——", "");
            }

            table.Row(step.Phase == phase ? "" : step.Phase, Number(step), Describe(step, several), step.Estimate.Duration is { } duration ? Quantity.Duration(duration) : "-");
            phase = step.Phase;
        }

        table.Write(console);
        console.Out.WriteLine();
        WriteEstimates(console, plan);
        WriteNotes(console, plan);
        WriteSql(console, plan, withSql);
        console.Out.WriteLine($"Plan {plan.Hash}");
    }

    private static string Number(PlanStep step) => step.Id.Split('-')[0];

    private static string Describe(PlanStep step, bool withSystem)
    {
        var system = withSystem ? $"{step.System}: " : "";
        var undo = step.Compensation is { } compensation ? $"undo: {compensation.Description}" : $"nothing to undo: {step.Irreversible}";
        var gate = step.GateAfter is { } named ? $"\ngate: {named.Name}{(named.MinimumScore is { } score ? string.Create(CultureInfo.InvariantCulture, $", integrity score at least {score:0.###}") : "")}" : "";
        return $"{system}{step.Action.Description}\n{undo}{gate}";
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
        foreach (var group in plan.Steps.GroupBy(step => step.Estimate))
        {
            var steps = string.Join(", ", group.Select(Number));
            console.Out.WriteLine(
                group.Key.Duration is { } duration
                    ? $"Estimate of {steps}: {Quantity.Duration(duration)}: {Printable.Line(group.Key.Basis)}"
                    : $"No estimate of {steps}: {Printable.Line(group.Key.Basis)}");
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
