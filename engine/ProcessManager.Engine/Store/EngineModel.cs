using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>
/// The engine's tables. The host's DbContext is composed of this and the other rooms' parts, so that the work of several
/// rooms can be one transaction. Names are snake_case; moments are Unix milliseconds in UTC and money is minor units, so that
/// both sort and compare alike in SQLite and PostgreSQL. An index is named after the question that it answers.
/// </summary>
public static class EngineModel
{
    private const string OpenTask = "state = 0";
    private const string OpenProject = "result is null";

    public static void Configure(ModelBuilder model)
    {
        Plans(model);
        Projects(model.Entity<ProjectRow>());
        Tasks(model.Entity<TaskRow>());
        Work(model.Entity<WorkRow>());
        Journal(model);
        Outgoing(model);
        Filed(model);
        NameAndConvert(model, typeof(ProjectRow).Namespace!);
    }

    /// <summary>
    /// Gives snake_case columns and sortable times to the entities of one namespace. Other rooms call it for theirs.
    /// </summary>
    public static void NameAndConvert(ModelBuilder model, string rowsNamespace)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(e => e.ClrType.Namespace == rowsNamespace))
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
                if (property.ClrType == typeof(DateTimeOffset) || property.ClrType == typeof(DateTimeOffset?))
                {
                    property.SetValueConverter(UnixMilliseconds);
                }
                else if (property.ClrType == typeof(DateOnly) || property.ClrType == typeof(DateOnly?))
                {
                    property.SetValueConverter(IsoDate);
                }
            }
        }
    }

    internal static readonly ValueConverter<DateTimeOffset, long> UnixMilliseconds =
        new(t => t.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));

    internal static readonly ValueConverter<DateOnly, string> IsoDate = new(
        d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        s => DateOnly.ParseExact(s, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    internal static string SnakeCase(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) { text.Append('_'); }
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static void Plans(ModelBuilder model)
    {
        var version = model.Entity<PlanVersionRow>();
        version.ToTable("plan_versions").HasKey(v => v.Id);
        version.HasIndex(v => new { v.Plan, v.Number }).IsUnique().HasDatabaseName("ix_plan_versions_of_plan");

        var plan = model.Entity<PlanRow>();
        plan.ToTable("plans").HasKey(p => p.Id);
        plan.HasOne<PlanVersionRow>().WithMany().HasForeignKey(p => p.VersionId).OnDelete(DeleteBehavior.Restrict);
        plan.HasIndex(p => p.VersionId).HasDatabaseName("ix_plans_with_version");

        var move = model.Entity<PlanMoveRow>();
        move.ToTable("plan_moves").HasKey(m => m.Id);
        move.HasOne<ProjectRow>().WithMany().HasForeignKey(m => m.ProjectId).OnDelete(DeleteBehavior.Restrict);
        move.HasIndex(m => new { m.ProjectId, m.Id }).HasDatabaseName("ix_plan_moves_of_project");
        move.HasIndex(m => new { m.Batch, m.Id }).HasDatabaseName("ix_plan_moves_of_batch");
    }

    private static void Projects(EntityTypeBuilder<ProjectRow> project)
    {
        project.ToTable("projects").HasKey(p => p.Id);
        project.HasOne<PlanVersionRow>().WithMany().HasForeignKey(p => p.PlanVersionId).OnDelete(DeleteBehavior.Restrict);
        project.HasIndex(p => p.PlanVersionId).HasDatabaseName("ix_projects_on_version");
        project.HasIndex(p => new { p.Owner, p.Id }).HasDatabaseName("ix_projects_of_owner");
        project.HasIndex(p => new { p.ProspectId, p.Id }).HasDatabaseName("ix_projects_of_prospect");
        project.HasIndex(p => new { p.Plan, p.Stage, p.Id }).HasFilter(OpenProject).HasDatabaseName("ix_projects_by_stage");
        project.HasIndex(p => new { p.ExpectedClose, p.Id }).HasFilter(OpenProject).HasDatabaseName("ix_projects_by_expected_close");
        project.HasIndex(p => p.Id, "ix_projects_faulted").HasFilter("fault is not null");
    }

    private static void Tasks(EntityTypeBuilder<TaskRow> task)
    {
        task.ToTable("tasks").HasKey(t => t.Id);
        task.HasOne<ProjectRow>().WithMany().HasForeignKey(t => t.ProjectId).OnDelete(DeleteBehavior.Restrict);
        task.HasIndex(t => new { t.ProjectId, t.Step, t.Visit, t.Occurrence, t.Member }).IsUnique()
            .HasDatabaseName("ix_tasks_of_project");

        // Covering: a page of an inbox is one stretch of the index and never touches the table.
        task.HasIndex(t => new
        {
            t.Assignee, t.InboxOrder, t.Id, t.Priority, t.Kind, t.Group, t.ProjectId, t.Number, t.Step, t.Title, t.ProjectTitle,
        }).HasFilter(OpenTask).HasDatabaseName("ix_tasks_inbox_of_person");
        task.HasIndex(t => new
        {
            t.Group, t.InboxOrder, t.Id, t.Priority, t.Kind, t.ProjectId, t.Number, t.Step, t.Title, t.ProjectTitle, t.Assignee,
        }).HasFilter("state = 0 and assignee is null").HasDatabaseName("ix_tasks_queue_of_group");
        task.HasIndex(t => new { t.SettledBy, t.SettledAt }).HasFilter("state = 1").HasDatabaseName("ix_tasks_done_by_person");
    }

    // No reference to projects here and in commands: it would need an index of its own, which every timer and command would pay for.
    // Projects are never deleted, and the verifier looks for strays.
    private static void Work(EntityTypeBuilder<WorkRow> work)
    {
        work.ToTable("work").HasKey(w => w.Id);
        work.HasIndex(w => w.Key).IsUnique().HasDatabaseName("ix_work_key");
        work.HasIndex(w => new { w.Kind, w.Due, w.Id }).HasFilter("state = 0").HasDatabaseName("ix_work_due");
        work.HasIndex(w => w.Id, "ix_work_failed").HasFilter("state = 1");
    }

    private static void Journal(ModelBuilder model)
    {
        var participant = model.Entity<ParticipantRow>();
        participant.ToTable("participants").HasKey(p => new { p.ProjectId, p.Role, p.Person });
        participant.HasOne<ProjectRow>().WithMany().HasForeignKey(p => p.ProjectId).OnDelete(DeleteBehavior.Restrict);
        participant.HasIndex(p => new { p.Person, p.ProjectId }).HasDatabaseName("ix_participants_of_person");

        var history = model.Entity<HistoryRow>();
        history.ToTable("history").HasKey(h => new { h.ProjectId, h.Seq });
        history.HasOne<ProjectRow>().WithMany().HasForeignKey(h => h.ProjectId).OnDelete(DeleteBehavior.Restrict);

        var command = model.Entity<CommandRow>();
        command.ToTable("commands").HasKey(c => c.Id);
        command.Property(c => c.Id).HasMaxLength(100);
        command.HasIndex(c => c.At).HasDatabaseName("ix_commands_to_prune");
    }

    private static void Outgoing(ModelBuilder model)
    {
        var alert = model.Entity<AlertRow>();
        alert.ToTable("alerts").HasKey(a => a.Id);
        alert.HasOne<ProjectRow>().WithMany().HasForeignKey(a => a.ProjectId).OnDelete(DeleteBehavior.Restrict);
        alert.HasIndex(a => a.Key).IsUnique().HasDatabaseName("ix_alerts_key");
        alert.HasIndex(a => new { a.Recipient, a.Id }).HasDatabaseName("ix_alerts_of_person");
        alert.HasIndex(a => new { a.Sender, a.Id }).HasFilter("acknowledge and acknowledged_at is null")
            .HasDatabaseName("ix_alerts_unacknowledged_of_sender");
        alert.HasIndex(a => a.ProjectId).HasDatabaseName("ix_alerts_of_project");

        var mail = model.Entity<MailRow>();
        mail.ToTable("mails").HasKey(m => m.Id);
        mail.HasOne<ProjectRow>().WithMany().HasForeignKey(m => m.ProjectId).OnDelete(DeleteBehavior.Restrict);
        mail.HasIndex(m => m.Key).IsUnique().HasDatabaseName("ix_mails_key");
        mail.HasIndex(m => m.ProjectId).HasDatabaseName("ix_mails_of_project");
        mail.HasIndex(m => new { m.ContactId, m.Id }).HasDatabaseName("ix_mails_of_contact");
        mail.HasIndex(m => m.Id, "ix_mails_unsent").HasFilter("state = 0 or state = 2");

        model.Entity<OutgoingPauseRow>().ToTable("outgoing_pauses").HasKey(p => p.Since);

        var rotation = model.Entity<RotationRow>();
        rotation.ToTable("rotations").HasKey(r => r.Group);
    }

    private static void Filed(ModelBuilder model)
    {
        var document = model.Entity<DocumentRow>();
        document.ToTable("documents").HasKey(d => d.Id);
        document.HasOne<ProjectRow>().WithMany().HasForeignKey(d => d.ProjectId).OnDelete(DeleteBehavior.Restrict);
        document.HasIndex(d => d.Key).IsUnique().HasDatabaseName("ix_documents_key");
        document.HasIndex(d => new { d.ProjectId, d.Name, d.Version }).IsUnique().HasDatabaseName("ix_documents_of_project");
        document.HasIndex(d => d.Hash).HasDatabaseName("ix_documents_with_content");

        var child = model.Entity<ChildRow>();
        child.ToTable("children").HasKey(c => c.ChildId);
        child.Property(c => c.ChildId).ValueGeneratedNever();
        child.HasOne<ProjectRow>().WithMany().HasForeignKey(c => c.ChildId).OnDelete(DeleteBehavior.Restrict);
        child.HasOne<ProjectRow>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
        child.HasIndex(c => new { c.ParentId, c.ChildId }).HasDatabaseName("ix_children_of_project");

        var start = model.Entity<RuleStartRow>();
        start.ToTable("rule_starts").HasKey(s => new { s.Rule, s.Occurrence, s.ContactId });
        start.HasOne<ProjectRow>().WithMany().HasForeignKey(s => s.ProjectId).OnDelete(DeleteBehavior.Restrict);
        start.HasIndex(s => s.ProjectId).HasDatabaseName("ix_rule_starts_of_project");
    }
}
