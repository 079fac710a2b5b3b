using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProcessManager.Host.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CalendarsOfPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "calendar",
                table: "people",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "calendar",
                table: "people");
        }
    }
}
