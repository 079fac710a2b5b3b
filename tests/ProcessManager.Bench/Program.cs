using ProcessManager.Bench;
using ProcessManager.Bench.Measures;
using ProcessManager.Bench.Setting;

if (BenchOptions.Read(args) is not { } options)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

await using var world = await World.BuildAsync(options);
var moving = new MovingProjects(world);
Measure[] all =
[
    new CompleteAlone(world), new CompleteTogether(world), new StartAlone(world), new Import(world), new InboxPage(world), new Reminders(world),
    new PlanTesting(world), new Compiling(world), new PreviewMoves(world, moving), new MakeMoves(world, moving),
];
var measures = all.Where(m => options.Wants(m.Id)).ToArray();
var machine = new Surroundings(world);
for (var round = 1; round <= options.Rounds; round++)
{
    machine.Look();
    foreach (var measure in measures)
    {
        Console.Error.WriteLine($"round {round} of {options.Rounds}: {measure.Id} {measure.What}");
        await measure.RunAsync(productFirst: round % 2 == 1);
    }
}

machine.Look();
Report.Print(Console.Out, options, machine, measures);
return 0;
