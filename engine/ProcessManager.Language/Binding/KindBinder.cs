using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds what only one kind of step has.</summary>
internal sealed class KindBinder(
    BindingContext context, AssigneeBinder assignees, MomentBinder moments, FieldBinder fields, OutcomeBinder outcomes,
    WorkBinder work, TemplateBinder templates, LetterBinder letters, RequestBinder requests, string plan)
{
    private readonly DecideBinder decisions = new(context);

    /// <summary>Null where the kind isn't known or has an error.</summary>
    public StepKind? Bind(StepDraft step)
    {
        if (step.Kind is not { } kind)
        {
            return null;
        }

        return kind.Name switch
        {
            "task" => work.Bind(step) is { } human ? new TaskKind(human) : null,
            "approval" => Approval(step),
            "note" => work.Bind(step) is { } human ? new NoteKind(human) : null,
            "alert" => Alert(step),
            "email" => Email(step),
            "letter" => Letter(step),
            "wait" => Wait(step),
            "receive" => Receive(step),
            "set" => new SetKind(fields.Assignments(kind.Value, context.Scope)),
            "decide" => decisions.Bind(step),
            "http" => requests.Http(step),
            "start" => requests.Start(step, plan),
            "gate" => new GateKind(),
            "close" => Close(step),
            _ => kind.Value is YamlScalar name && name.Written() is not null && context.Stage(name) is { } stage ? new GoToKind(stage.Index) : null,
        };
    }

    private ApprovalKind? Approval(StepDraft step)
    {
        if (work.Bind(step) is not { } human)
        {
            return null;
        }

        switch (step.Body.Text("need"))
        {
            case null: return new ApprovalKind(human, NeedRule.Number, 1);
            case "all": return new ApprovalKind(human, NeedRule.All, 0);
            case "majority": return new ApprovalKind(human, NeedRule.Majority, 0);
        }

        return step.Body.Whole("need") is { } count and > 0 ? new ApprovalKind(human, NeedRule.Number, count) : null;
    }

    private AlertKind? Alert(StepDraft step)
    {
        var to = assignees.Bind(step.Body["to"], AssigneeUse.Alert, step)
            ?? AssigneeBinder.Default(new Assignee.Owner(), "owner", step.Key.Span);
        return work.Title(step) is { } text ? new AlertKind(text, to, step.Body.Flag("acknowledge")) : null;
    }

    private EmailKind? Email(StepDraft step)
    {
        var to = assignees.Bind(step.Body["to"], AssigneeUse.Mail, step)
            ?? AssigneeBinder.Default(new Assignee.Prospect(), "prospect", step.Key.Span);
        if (step.Kind!.Value is not YamlScalar name || name.Written() is null)
        {
            return null;
        }

        templates.Use(name, step);
        return new EmailKind(name.Value, to, outcomes.MayFail(step));
    }

    private WaitKind? Wait(StepDraft step) =>
        step.Kind!.Value is YamlScalar text && text.Written() is not null
        && moments.Bind(text, MomentUse.Wait, step, hasDue: false) is { } until
            ? new WaitKind(until) : null;

    private LetterKind? Letter(StepDraft step)
    {
        if (step.Kind!.Value is not YamlScalar name || name.Written() is null)
        {
            return null;
        }

        letters.Use(name, step);
        return new LetterKind(name.Value);
    }

    private ReceiveKind? Receive(StepDraft step)
    {
        var form = fields.Form(step.Body["form"]);
        var expire = work.Expires(step, hasDue: false, OutcomeBinder.TimedOut);
        return step.Kind!.Value is YamlScalar name && name.Written() is not null ? new ReceiveKind(name.Value, form, expire) : null;
    }

    private CloseKind? Close(StepDraft step) =>
        step.Kind!.Value is YamlScalar result && result.Written() is not null
        && outcomes.Close(result, step.Body.Scalar("reason")) is { } close
            ? new CloseKind(close.Result, close.Reason) : null;
}
