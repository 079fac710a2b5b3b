using System.Globalization;
using System.Text;
using ProcessManager.Language;

namespace ProcessManager.Bench.Setting;

/// <summary>The definitions folder of the measurements.</summary>
internal static class BenchPlans
{
    public const string Call = "call";
    public const string Sale = "sale";
    public const string Remind = "remind";

    private const string Organisation = """
        organisation: Bench House
        zone: UTC
        calendar: always
        currencies: [EUR]
        groups:
          sales: Sales
        close-reasons:
          lost:
            no-interest: No interest
        types:
          sales:
            name: Sale
            won: Sold
            currency: EUR
            statuses: { new: New, active: Active }
        """;

    private const string Calendar = """
        calendar: always
        name: Always
        zone: UTC
        week:
          monday: ["00:00-24:00"]
          tuesday: ["00:00-24:00"]
          wednesday: ["00:00-24:00"]
          thursday: ["00:00-24:00"]
          friday: ["00:00-24:00"]
          saturday: ["00:00-24:00"]
          sunday: ["00:00-24:00"]
        """;

    // Completing the call opens two tasks, cancels a reminder and sets another.
    private const string CallPlan = """
        plan: call
        name: Call back
        type: sales
        stages:
          first:
            name: First
            probability: 10
            steps:
              call: { task: "Call {{title}} back", assign: owner, due: 10 days, remind: [1 day before due] }
              quote: { task: Prepare the quote, assign: owner, after: call, due: 10 days, remind: [1 day before due] }
              sheet: { task: Print the sheet, assign: "group:sales", after: call, due: 12 days }
          second:
            name: Second
            probability: 60
            steps:
              decide: { task: Record the decision, assign: owner }
        """;

    private const string RemindPlan = """
        plan: remind
        name: Remind
        type: sales
        stages:
          only:
            name: Only
            probability: 10
            steps:
              call: { task: "Call {{title}} back", assign: owner, due: 60 minutes, remind: [30 minutes before due] }
        """;

    public static void Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "calendars"));
        File.WriteAllText(Path.Combine(folder, "organisation.yaml"), Organisation);
        File.WriteAllText(Path.Combine(folder, "calendars", "always.yaml"), Calendar);
        WritePlan(folder, Call, CallPlan);
        WritePlan(folder, Sale, SalePlan());
        WritePlan(folder, Remind, RemindPlan);
    }

    /// <summary>Organisation and calendar alone, for what is measured without an engine.</summary>
    public static IEnumerable<DefinitionFile> Files() =>
        [new("organisation.yaml", Encoding.UTF8.GetBytes(Organisation)), new("calendars/always.yaml", Encoding.UTF8.GetBytes(Calendar))];

    private static void WritePlan(string folder, string id, string text)
    {
        var place = Path.Combine(folder, "plans", id);
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, "plan.yaml"), text);
    }

    /// <summary>Five stages with four tasks each; of the first stage three open at the start, each with a reminder.</summary>
    private static string SalePlan()
    {
        var plan = new StringBuilder("plan: sale\nname: Sale of the bench\ntype: sales\nstages:\n");
        for (var stage = 1; stage <= 5; stage++)
        {
            plan.Append(CultureInfo.InvariantCulture, $"  stage-{stage}:\n    name: Stage {stage}\n    probability: {stage * 15}\n    steps:\n");
            for (var step = 1; step <= 4; step++)
            {
                plan.Append(CultureInfo.InvariantCulture, $"      work-{stage}-{step}:\n        task: Do piece {step} of stage {stage}\n        assign: owner\n");
                plan.Append("        due: 10 days\n        remind: [1 day before due]\n");
                if (step == 4) { plan.Append(CultureInfo.InvariantCulture, $"        after: work-{stage}-1\n"); }
            }
        }

        return plan.ToString();
    }
}
