namespace MigrationTools.Engine.Tests.Gates;

/// <summary>Latency distributions to simulate with; seeded, so that a test gives the same answer every day.</summary>
internal sealed class LatencyWorlds(string name, Func<Random, double> draw)
{
    public static LatencyWorlds Lognormal { get; } = new("lognormal", random => 100 * Math.Exp(0.5 * Normal(random)));

    /// <summary>Shape 1.5: a mean, and no variance.</summary>
    public static LatencyWorlds Pareto { get; } = new("Pareto", random => 50 / Math.Pow(1 - random.NextDouble(), 1 / 1.5));

    /// <summary>A cache that is hit four times of five.</summary>
    public static LatencyWorlds Bimodal { get; } = new("bimodal", random => (random.NextDouble() < 0.8 ? 20 : 200) * Math.Exp(0.3 * Normal(random)));

    public static IReadOnlyList<LatencyWorlds> All { get; } = [Lognormal, Pareto, Bimodal];

    public static TheoryData<string> Names => [.. All.Select(world => world.Name)];

    public string Name { get; } = name;

    public static LatencyWorlds Of(string name) => All.Single(world => world.Name == name);

    public double[] Take(int seed, int count, double factor = 1) => Take(new Random(seed), count, factor);

    public double[] Take(Random random, int count, double factor = 1) => [.. Enumerable.Range(0, count).Select(_ => draw(random) * factor)];

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
