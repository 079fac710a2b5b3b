using ProcessManager.Language.Time;

namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>A duration or a moment to wait for.</summary>
internal static class WaitStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "wait", "Wait", "Waits for a duration or a moment.", new MomentShape(MomentUse.Wait), [])
    {
        Example = "pause:\n  wait: 2 weeks before field:conference-date\n",
    };
}
