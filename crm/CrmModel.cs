using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Crm;

/// <summary>The contacts' tables, a part of the host's DbContext. Call it after <see cref="EngineModel.Configure"/>.</summary>
public static class CrmModel
{
    public static void Configure(ModelBuilder model)
    {
        var contact = model.Entity<ContactRow>();
        contact.ToTable("contacts").HasKey(c => c.Id);
        contact.HasOne<ContactRow>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
        contact.HasIndex(c => c.ParentId).HasDatabaseName("ix_contacts_of_parent");
        contact.HasIndex(c => new { c.NameKey, c.Id }).HasDatabaseName("ix_contacts_by_name");

        var point = model.Entity<ContactPointRow>();
        point.ToTable("contact_points").HasKey(p => new { p.ContactId, p.Kind, p.Position });
        point.HasOne<ContactRow>().WithMany().HasForeignKey(p => p.ContactId).OnDelete(DeleteBehavior.Restrict);
        point.HasIndex(p => new { p.Key, p.ContactId }).HasDatabaseName("ix_contact_points_by_key");

        // Held by the database as well as the code: an individual's email is nobody else's.
        point.HasIndex(p => p.Key, "ix_contact_points_email_of_individual").IsUnique().HasFilter("kind = 0 and of_individual");

        model.Entity<ProjectRow>().HasOne<ContactRow>().WithMany().HasForeignKey(p => p.ProspectId).OnDelete(DeleteBehavior.Restrict);
        model.Entity<MailRow>().HasOne<ContactRow>().WithMany().HasForeignKey(m => m.ContactId).OnDelete(DeleteBehavior.Restrict);
        EngineModel.NameAndConvert(model, typeof(ContactRow).Namespace!);
    }
}
