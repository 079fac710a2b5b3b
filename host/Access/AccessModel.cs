using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store;

namespace ProcessManager.Host.Access;

/// <summary>The tables of people, rights and sessions.</summary>
internal static class AccessModel
{
    public static void Configure(ModelBuilder builder)
    {
        builder.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.Property(p => p.DisplayName).HasMaxLength(200);
            person.Property(p => p.TimeZone).HasMaxLength(64);
            person.Property(p => p.Calendar).HasMaxLength(64);
            person.Property(p => p.Locale).HasMaxLength(20);
            person.Property(p => p.Theme).HasMaxLength(10);
            person.Property(p => p.ManagerUserName).HasMaxLength(256);
            person.HasIndex(p => p.ManagerUserName).HasDatabaseName("ix_people_team_of_manager");
        });
        builder.Entity<Role>().ToTable("roles");
        builder.Entity<PersonRole>().ToTable("person_roles");
        builder.Entity<IdentityUserClaim<long>>().ToTable("person_claims");
        builder.Entity<IdentityUserLogin<long>>().ToTable("person_logins");
        builder.Entity<IdentityUserToken<long>>().ToTable("person_keys");
        builder.Entity<IdentityRoleClaim<long>>().ToTable("role_claims");

        builder.Entity<GroupMember>(member =>
        {
            member.ToTable("group_members");
            member.HasKey(m => new { m.Group, m.PersonId });
            member.Property(m => m.Group).HasMaxLength(100);
            member.HasOne(m => m.Person).WithMany().HasForeignKey(m => m.PersonId);
            member.HasIndex(m => m.PersonId).HasDatabaseName("ix_group_members_groups_of_person");
        });
        builder.Entity<Absence>(absence =>
        {
            absence.ToTable("absences");
            absence.HasOne(a => a.Person).WithMany().HasForeignKey(a => a.PersonId);
            absence.HasOne(a => a.Substitute).WithMany().HasForeignKey(a => a.SubstituteId).OnDelete(DeleteBehavior.SetNull);
            absence.HasIndex(a => new { a.PersonId, a.To }).HasDatabaseName("ix_absences_of_person");
            absence.HasIndex(a => a.SubstituteId).HasDatabaseName("ix_absences_of_substitute");
        });
        builder.Entity<Session>(session =>
        {
            session.ToTable("sessions");
            session.HasKey(s => s.KeyHash);
            session.Property(s => s.KeyHash).HasMaxLength(32);
            session.Property(s => s.SecurityStamp).HasMaxLength(100);
            session.Property(s => s.Address).HasMaxLength(64);
            session.Property(s => s.Agent).HasMaxLength(200);
            session.HasOne(s => s.Person).WithMany().HasForeignKey(s => s.PersonId);
            session.HasIndex(s => s.PersonId).HasDatabaseName("ix_sessions_of_person");
            session.HasIndex(s => s.EndsAt).HasDatabaseName("ix_sessions_ended");
        });
        builder.Entity<PersonalToken>(token =>
        {
            token.ToTable("personal_tokens");
            token.Property(t => t.Name).HasMaxLength(100);
            token.Property(t => t.Hash).HasMaxLength(32);
            token.Property(t => t.Scopes).HasMaxLength(200);
            token.HasOne(t => t.Person).WithMany().HasForeignKey(t => t.PersonId);
            token.HasIndex(t => t.Hash).IsUnique().HasDatabaseName("ix_personal_tokens_by_hash");
            token.HasIndex(t => t.PersonId).HasDatabaseName("ix_personal_tokens_of_person");
        });
        builder.Entity<SignInEvent>(happened =>
        {
            happened.ToTable("sign_in_events");
            happened.Property(e => e.UserName).HasMaxLength(100);
            happened.Property(e => e.What).HasMaxLength(30);
            happened.Property(e => e.Address).HasMaxLength(64);
            happened.HasIndex(e => e.At).HasDatabaseName("ix_sign_in_events_newest");
            happened.HasIndex(e => e.PersonId).HasDatabaseName("ix_sign_in_events_of_person");
        });
        EngineModel.NameAndConvert(builder, typeof(AccessModel).Namespace!);
        EngineModel.NameAndConvert(builder, typeof(IdentityUser).Namespace!);
    }
}
