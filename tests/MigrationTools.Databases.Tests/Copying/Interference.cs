namespace MigrationTools.Databases.Tests.Copying;

/// <summary>Counts the calls that a copy makes to its target, and does something at one of them.</summary>
/// <param name="at">At which call, from 1.</param>
/// <param name="when">Before it is made or after it was.</param>
/// <param name="what">What happens then; it may throw.</param>
public sealed class Interference(int at, Moment when, Func<Task> what)
{
    private int _calls;

    /// <summary>Whether the copy lived long enough.</summary>
    public bool Happened { get; private set; }

    public async Task<T> AroundAsync<T>(Func<Task<T>> call)
    {
        var isIt = Interlocked.Increment(ref _calls) == at;
        if (isIt && when == Moment.Before)
        {
            await HappenAsync();
        }

        var result = await call();
        if (isIt && when == Moment.After)
        {
            await HappenAsync();
        }

        return result;
    }

    public Task AroundAsync(Func<Task> call) => AroundAsync(async () =>
    {
        await call();
        return true;
    });

    private Task HappenAsync()
    {
        Happened = true;
        return what();
    }
}

/// <summary>When an <see cref="Interference"/> happens.</summary>
public enum Moment
{
    Before,
    After,
}
