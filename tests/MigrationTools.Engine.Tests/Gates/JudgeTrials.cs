using MigrationTools.Engine.Gates.Judging;

namespace MigrationTools.Engine.Tests.Gates;

/// <summary>Judges one world against itself or a slower one, many times.</summary>
/// <param name="world">The latencies.</param>
/// <param name="factor">How many times the canary's are the baseline's.</param>
/// <param name="samples">Of each side.</param>
/// <param name="slow">The share of the canary's requests that take ten times as long.</param>
internal sealed class JudgeTrials(LatencyWorlds world, double factor, int samples, double slow = 0)
{
    public (int Worse, int Passed, int Unknown) Run(int trials)
    {
        // One generator for the whole series: the sequences of neighbouring seeds are not independent of one another.
        var random = new Random((samples * 31) + (int)(factor * 1000));
        int worse = 0, passed = 0, unknown = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            var baseline = world.Take(random, samples);
            var canary = world.Take(random, samples, factor);
            if (slow > 0)
            {
                canary = Array.ConvertAll(canary, latency => random.NextDouble() < slow ? 10 * latency : latency);
            }

            Array.Sort(baseline);
            Array.Sort(canary);
            switch (LatencyJudge.Decide(baseline, canary, 0.1, 0.99).Answer)
            {
                case JudgeAnswer.Worse:
                    worse++;
                    break;
                case JudgeAnswer.NotEnoughData:
                    unknown++;
                    break;
                default:
                    passed++;
                    break;
            }
        }

        return (worse, passed, unknown);
    }
}
