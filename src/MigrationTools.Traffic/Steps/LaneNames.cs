using MigrationTools.Engine;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Steps;

/// <summary>Finds a system's lane by name.</summary>
internal static class LaneNames
{
    /// <summary>The lane of that name; without a name the only one.</summary>
    /// <exception cref="InvalidRequestException">There is none, or more than one and none named.</exception>
    public static TrafficLane Find(TrafficSystemSpec system, string? name)
    {
        var lanes = system.Lanes;
        if (name is null)
        {
            return lanes.Count == 1
                ? lanes[0]
                : throw new InvalidRequestException($"System '{system.Name}' has {lanes.Count} routes ({string.Join(", ", lanes.Select(lane => lane.Name))}); name one.");
        }

        var nearest = NearestName.Find(name, lanes.Select(lane => lane.Name));
        return lanes.FirstOrDefault(lane => lane.Name == name)
            ?? throw new InvalidRequestException($"System '{system.Name}' has no route '{name}'{(nearest is null ? $"; it has {string.Join(", ", lanes.Select(lane => lane.Name))}." : $"; did you mean '{nearest}'?")}");
    }
}
