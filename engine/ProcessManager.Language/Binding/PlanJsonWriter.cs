using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Writes one plan in canonical form: keys in a fixed order, what is absent left out.</summary>
internal sealed partial class PlanJsonWriter(Utf8JsonWriter json, Plan plan)
{
    public void Write(int form)
    {
        json.WriteStartObject();
        json.WriteNumber("form", form);
        Text("plan", plan.Id);
        Text("name", plan.Name);
        Text("description", plan.Description);
        Text("type", plan.Type);
        Text("calendar", plan.Calendar);
        People("owner", plan.Owner);
        List("fields", plan.Fields, Field);
        List("roles", plan.Roles, Role);
        List("stages", plan.Stages, Stage);
        foreach (var result in Enum.GetValues<CloseResult>().Where(plan.OnClose.ContainsKey))
        {
            List("on-close-" + Kinds.Lower(result), plan.OnClose[result].Select(i => plan.Steps[i]), Step);
        }

        List("start", plan.Start, StartRule);
        List("retired", plan.Retired, retired =>
        {
            Text("id", retired.Key);
            Text("step", plan.Steps[retired.Value].Id);
        });
        List("templates", plan.Templates.Values.OrderBy(t => t.Id, StringComparer.Ordinal), Template);
        List("letters", plan.Letters.Values.OrderBy(t => t.Id, StringComparer.Ordinal), Letter);
        json.WriteEndObject();
    }

    private void Field(Field field)
    {
        Text("id", field.Id);
        Text("kind", Kinds.Name(field.Kind));
        Text("label", field.Label);
        Text("help", field.Help);
        Texts("of", field.Choices);
        if (field.Default is { } value)
        {
            json.WritePropertyName("default");
            Value(value);
        }

        Text("required", field.RequiredFrom);
        Number("min", field.Min);
        Number("max", field.Max);
        Text("pattern", field.Pattern);
        Flag("sensitive", field.Sensitive);
        Text("was", field.Was);
    }

    private void Role(Role role)
    {
        Text("id", role.Id);
        Text("label", role.Label);
        People("from", role.From);
        Number("at-least", role.AtLeast == 0 ? null : role.AtLeast);
        Text("was", role.Was);
    }

    private void Stage(Stage stage)
    {
        Text("id", stage.Id);
        Text("name", stage.Name);
        Text("description", stage.Description);
        Text("guidance", stage.Guidance);
        Number("probability", stage.Probability);
        Text("status", stage.Status);
        if (stage.Within is { } within)
        {
            Moment("within", within.Due);
            List("remind", within.Reminders, Reminder);
            List("escalate", within.Escalations, Escalation);
        }

        Flag("milestone", stage.Milestone);
        List("steps", plan.Steps.Slice(stage.FirstStep, stage.StepCount), Step);
        List("next", stage.Next, rule =>
        {
            Expression("when", rule.When);
            Effect(rule.Target);
        });
        Text("was", stage.Was);
    }

    private void Template(EmailTemplate template)
    {
        Text("id", template.Id);
        Text("subject", template.Subject.Canonical);
        Text("from", template.From);
        Text("reply-to", template.ReplyTo);
        Text("body", template.Body.Canonical);
    }

    private void Letter(LetterTemplate letter)
    {
        Text("id", letter.Id);
        Text("digest", letter.Digest);
        List("fields", letter.Fields, field =>
        {
            Text("name", field.Name);
            Expression("value", field.Value);
        });
    }

    private void StartRule(StartRule rule)
    {
        switch (rule)
        {
            case StartRule.Message message:
                Text("message", message.Name);
                break;
            case StartRule.Form form:
                Text("form", form.Id);
                Form("ask", form.Ask);
                break;
            case StartRule.Segment segment:
                Text("segment", segment.Id);
                break;
            case StartRule.Response response:
                Text("response", response.Rule);
                break;
            case StartRule.Every every:
                Text("every", every.Schedule.Text);
                Text("for", every.For);
                break;
            default:
                break;
        }

        People("owner", rule.Owner);
        Assignments("fields", rule.Fields);
        Expression("when", rule.When);
    }

    private void Text(string key, string? value)
    {
        if (value is not null)
        {
            json.WriteString(key, value);
        }
    }

    private void Text(string key, TextTemplate? template) => Text(key, template?.Canonical);

    private void Expression(string key, Expression? expression) => Text(key, expression?.Canonical);

    private void Flag(string key, bool value)
    {
        if (value)
        {
            json.WriteBoolean(key, true);
        }
    }

    private void Number(string key, decimal? value)
    {
        if (value is { } number)
        {
            json.WritePropertyName(key);
            Value(number);
        }
    }

    private void Texts(string key, ImmutableArray<string> values) => Texts(key, values, v => v);

    private void Texts<T>(string key, ImmutableArray<T> values, Func<T, string> text)
    {
        if (!values.IsEmpty)
        {
            json.WriteStartArray(key);
            foreach (var value in values)
            {
                json.WriteStringValue(text(value));
            }

            json.WriteEndArray();
        }
    }

    private void List<T>(string key, ImmutableArray<T> items, Action<T> write)
    {
        if (items.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void List<T>(string key, IEnumerable<T> items, Action<T> write)
    {
        var begun = false;
        foreach (var item in items)
        {
            if (!begun)
            {
                json.WriteStartArray(key);
                begun = true;
            }

            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        if (begun)
        {
            json.WriteEndArray();
        }
    }

    private void Value(object value)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case decimal number when decimal.IsInteger(number) && Math.Abs(number) < long.MaxValue:
                json.WriteNumberValue((long)number);
                break;
            case decimal number:
                // 1.0 and 1.00 are one number.
                json.WriteRawValue(number.ToString("0.############################", CultureInfo.InvariantCulture));
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset at:
                json.WriteStringValue(at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
                break;
            case IEnumerable<object?> items:
                json.WriteStartArray();
                items.OfType<object>().ToList().ForEach(Value);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void Moment(string key, Moment? moment)
    {
        if (moment is null)
        {
            return;
        }

        json.WriteStartObject(key);
        if (!moment.Offset.IsZero || moment.IsBareDuration)
        {
            Length(moment.Offset);
            if (!moment.IsBareDuration)
            {
                Flag("before", moment.Before);
            }
        }

        if (!moment.IsBareDuration)
        {
            Text("anchor", moment.Anchor switch
            {
                Anchor.Opened => "opened",
                Anchor.StageEntered => "stage",
                Anchor.ProjectStart => "start",
                Anchor.Due => "due",
                Anchor.StepSettled step => "step:" + step.Step,
                Anchor.FieldValue field => "field:" + field.Field,
                Anchor.Fixed day => day.Local.ToString(day.HasTime ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ => "",
            });
        }

        json.WriteEndObject();
    }

    private void Length(Duration length)
    {
        Number("months", length.Months == 0 ? null : length.Months);
        Number("days", length.Days == 0 ? null : length.Days);
        Number("minutes", length.Elapsed == TimeSpan.Zero ? null : (decimal)length.Elapsed.Ticks / TimeSpan.TicksPerMinute);
        Number("working-days", length.WorkingDays == 0 ? null : length.WorkingDays);
        Number("working-minutes", length.WorkingTime == TimeSpan.Zero ? null : (decimal)length.WorkingTime.Ticks / TimeSpan.TicksPerMinute);
    }

    private void Reminder(ReminderRule rule)
    {
        switch (rule)
        {
            case ReminderRule.BeforeDue before:
                Text("remind", "before-due");
                Length(before.Before);
                break;
            case ReminderRule.AtDue:
                Text("remind", "at-due");
                break;
            case ReminderRule.AfterDue after:
                Text("remind", "after-due");
                Length(after.After);
                break;
            case ReminderRule.EveryAfterDue every:
                Text("remind", "every-after-due");
                Length(every.Interval);
                Number("at-most", every.AtMost);
                break;
            case ReminderRule.AfterOpened opened:
                Text("remind", "after-opened");
                Length(opened.After);
                break;
            default:
                break;
        }
    }
}
