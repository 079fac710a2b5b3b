using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Tasks that people add to a running project.</summary>
public class ExtraTaskTests
{
    [Fact]
    public void A_person_adds_a_task_that_holds_nothing_up()
    {
        var project = Project.Of("a: { task: A }", more: "two:\n  name: Two\n  steps:\n    z: { task: Z }").Do(Add("Call the printer", "sam"));
        var opened = project.Latest.OfType<FlowEvent.TaskOpened>().Single();
        Assert.Equal(("", 0, 2, "Call the printer", "sam"), (opened.Step, opened.Occurrence, opened.Task.Number, opened.Title, opened.Task.Assignee));
        Assert.Equal("added by Owen Owner", opened.Why!.Rule);
        project.Complete("a");
        Assert.Equal(("two", TaskPhase.Open), (project.State.Stage, Assert.Single(project.State.Extra).Phase));
        project.Do(new Command.Complete(2, null, Project.Fields()) { Actor = "sam" });
        Assert.Equal((TaskPhase.Done, "sam"), (project.State.Extra[0].Phase, project.State.Extra[0].By));
        project.Refuses(new Command.Complete(2, null, Project.Fields()) { Actor = "sam" }, Refusal.Conflict, "completed by Sam Seller");
    }

    [Fact]
    public void It_goes_to_the_owner_to_a_person_or_to_a_groups_queue()
    {
        Assert.Equal("owen", Project.Of("a: { task: A }").Do(Add("T")).State.Extra[0].Assignee);
        var project = Project.Of("a: { task: A }").Do(new Command.AddTask("T", "Do it", null, "sales", Plans.Monday.AddDays(1), Priority.High) { Actor = "owen" });
        Assert.Equal((null, "sales", Priority.High, Plans.Monday.AddDays(1)), (project.State.Extra[0].Assignee, project.State.Extra[0].Group, project.State.Extra[0].Priority, project.State.Extra[0].Due));
        project.Refuses(new Command.Claim(2) { Actor = "fay" }, Refusal.Forbidden, "Sales");
        project.Do(new Command.Claim(2) { Actor = "sue" });
        project.Refuses(new Command.Claim(2) { Actor = "sam" }, Refusal.Conflict, "Sue Seller");
        project.Do(new Command.Release(2) { Actor = "sue" });
        Assert.Null(project.State.Extra[0].Assignee);
        project.Do(new Command.Complete(2, "done", Project.Fields()) { Actor = "sam" });
        Assert.Equal("sam", project.State.Extra[0].Assignee);
    }

    [Fact]
    public void Assignee_due_date_and_priority_are_changed_like_those_of_any_task()
    {
        var project = Project.Of("a: { task: A }").Do(Add("T", "sam"));
        project.Refuses(new Command.Assign(2, "sue", null) { Actor = "shaw" }, Refusal.Forbidden, "Sam Seller");
        project.Do(new Command.Assign(2, "sue", null) { Actor = "sam" });
        project.Do(new Command.SetDue(2, Plans.Monday.AddDays(3)) { Actor = "sue" });
        project.Do(new Command.SetPriority(2, Priority.Urgent) { Actor = "sue" });
        Assert.Equal(("sue", Plans.Monday.AddDays(3), Priority.Urgent), (project.State.Extra[0].Assignee, project.State.Extra[0].Due, project.State.Extra[0].Priority));
        project.Do(new Command.Assign(2, null, "finance") { Actor = "sue" });
        Assert.Equal((null, "finance"), (project.State.Extra[0].Assignee, project.State.Extra[0].Group));
    }

    [Fact]
    public void What_does_not_make_a_task_is_refused_in_words()
    {
        var project = Project.Of("a: { task: A }");
        project.Refuses(Add("  "), Refusal.Invalid, "title");
        project.Refuses(Add("T", "stranger"), Refusal.Invalid, "stranger");
        project.Refuses(new Command.AddTask("T", null, "sam", "sales", null, Priority.Normal) { Actor = "owen" }, Refusal.Invalid, "not both");
        project.Refuses(new Command.AddTask("T", null, null, "nowhere", null, Priority.Normal) { Actor = "owen" }, Refusal.Invalid, "nowhere");
        project.Do(Add("T", "sam"));
        project.Refuses(new Command.Complete(2, "maybe", Project.Fields()) { Actor = "sam" }, Refusal.Invalid, "maybe");
        project.Refuses(new Command.Complete(2, null, Project.Fields(("amount", 1m))) { Actor = "sam" }, Refusal.Invalid, "Amount");
        project.Refuses(new Command.Complete(2, null, Project.Fields()) { Actor = "shaw" }, Refusal.Forbidden, "Sam Seller");
    }

    [Fact]
    public void On_hold_it_is_added_but_not_completed()
    {
        var project = Project.Of("a: { task: A }").Do(new Command.PutOnHold("Holidays") { Actor = "owen" }).Do(Add("T"));
        project.Refuses(new Command.Complete(2, null, Project.Fields()) { Actor = "owen" }, Refusal.Conflict, "Holidays");
    }

    [Fact]
    public void It_ends_with_the_project_and_comes_back_when_that_is_opened_again()
    {
        var project = Project.Of("a: { task: A }").Do(Add("T", "sam")).Do(Add("Done before")).Do(new Command.Complete(3, null, Project.Fields()) { Actor = "owen" });
        project.Now = project.Now.AddHours(1);
        project.Do(new Command.Close(CloseResult.Lost, "price", null) { Actor = "owen" });
        Assert.Equal(TaskPhase.Cancelled, project.State.Extra.Single(t => t.Number == 2).Phase);
        project.Refuses(Add("U"), Refusal.Conflict, "closed as lost");
        project.Do(new Command.ReopenProject(null, "they called") { Actor = "owen" });
        var again = project.State.Extra.Single(t => t.Phase == TaskPhase.Open);
        Assert.Equal((4, "T", "sam"), (again.Number, again.Title, again.Assignee));
    }

    private static Command.AddTask Add(string title, string? person = null) => new(title, null, person, null, null, Priority.Normal) { Actor = "owen" };
}
