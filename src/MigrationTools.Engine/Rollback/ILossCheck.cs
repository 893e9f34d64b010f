using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Rollback;

/// <summary>
/// A compensation that changes nothing: it looks whether going back would lose data, and throws <see cref="RollbackWouldLoseDataException"/> where it would. A person who asks for
/// a rollback is told of all losses before anything goes back, and the run stays as it is; each is looked at again when its turn has come. Where a trigger or a gate asks, traffic goes back first, for that must not wait.
/// </summary>
public interface ILossCheck : IStepAction;
