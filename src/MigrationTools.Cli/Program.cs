using System.Runtime.InteropServices;
using MigrationTools.Cli;
using MigrationTools.Cli.Terminal;

InlineCompletions.Choose(args);
using var interruption = new Interruption();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CliProgram.RunAsync(args, CliConsole.OfProcess(), interruption);

void Stop(PosixSignalContext context)
{
    // The process ends by itself once the operation has ended.
    context.Cancel = true;
    interruption.Signal();
}
