namespace ShopService;

/// <summary>What is wrong with the service, on purpose.</summary>
public sealed record ShopFaults
{
    /// <summary>What every answer waits for, in milliseconds.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>How many of a hundred answers are 500.</summary>
    public int ErrorPercent { get; init; }

    /// <summary>Every so many answers a total is a cent too high; 0 for never.</summary>
    public int WrongTotalEvery { get; init; }
}
