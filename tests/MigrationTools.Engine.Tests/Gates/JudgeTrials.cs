using MigrationTools.Engine.Gates.Judging;

namespace MigrationTools.Engine.Tests.Gates;

/// <summary>Judges one world against itself or a slower one, many times.</summary>
internal sealed class JudgeTrials(LatencyWorlds world, double factor, int samples)
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
